"""Every other sheet, one module each, and the parts that they share."""
