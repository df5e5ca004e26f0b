Parts of the jobs: trucks, what is short, purchases and pick-ups, what was used and what it cost.
