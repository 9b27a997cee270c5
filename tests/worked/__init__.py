"""Cases worked by hand, as data: tests/cases/worked holds them, these modules put them to the program."""
