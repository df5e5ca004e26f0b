My Jobs, My Day and My Hours are under My Work.
