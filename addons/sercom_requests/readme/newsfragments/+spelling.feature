A caller's street is found however it is written: Saint or St, boulevard or boul., 1re or 1ère.
