A part that was bought for a job and is not on its lines waits in Ready to Bill for one decision: billed, or not and why.
