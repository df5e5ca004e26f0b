Pivots and graphs of hours, revenue, margin and jobs done, whose cells open the records behind them.
