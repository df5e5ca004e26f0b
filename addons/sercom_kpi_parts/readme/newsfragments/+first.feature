What jobs cost in parts and purchases is in the figures, each part once.
