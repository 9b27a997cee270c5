"""A second engine, written from the references and not from the program: no date library, no decimals, nothing of the program.

Days are whole numbers (1 January 1970 is day 0), doses are exact fractions, clearance is computed in SI units, square roots are
never taken. It covers: Belgian holidays, closed days, fulvestrant, bone agents and LHRH depots with delays, omissions, late doses
and longer intervals, tablets three weeks out of four, daily and spaced radiotherapy, doses of zoledronic acid by clearance and of
docetaxel, trastuzumab and pertuzumab by surface and weight."""
