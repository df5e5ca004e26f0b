What clients owe is shown by age, client and service file; a digest e-mail tells five figures.
