Barcodes of parts and serial numbers are read by the phone's camera.
