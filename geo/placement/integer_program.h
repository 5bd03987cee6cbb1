// Integer programs through COIN-OR CBC: the only door of this room to a solver.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "geo/types/stop_signal.h"

namespace geo {

// Maximise objective . x, low <= x <= high, row_low <= rows . x <= row_high.
struct IntegerProgram {
  struct Column {
    double objective = 0, low = 0, high = 1;
    bool integer = true;
  };
  struct Row {
    std::vector<int> columns;
    std::vector<double> values;
    double low = 0, high = 0;
  };
  std::vector<Column> columns;
  std::vector<Row> rows;
  // A solution has to be better than this to count: the value of one at hand, or what is still of interest.
  double more_than = -1e30;
  // Two solutions of interest differ by at least this.
  double least_difference = 1e-6;
};

struct ProgramOutcome {
  bool found = false;
  std::vector<double> solution;  // the best found, when found; integers are whole
  double bound = 1e30;           // no solution is better
  bool proved = false;           // the search ended by itself: the solution is best, or none is over more_than
  std::int64_t nodes = 0;
};

// As the search goes on, also inside a long linear program: then what was told before. `value` is -1e30 before anything is found, `bound` 1e30 before the
// first program is solved. Called on the caller's thread.
using ProgramProgress = std::function<void(double value, double bound, std::int64_t nodes)>;

// Branch and bound on one thread from a fixed seed, silent. Solves of one process take turns, for COIN-OR keeps a random state for the whole process: that, and
// the seed set anew each time, is what makes an answer the same whatever ran before or beside it. Ends within milliseconds when asked to stop, also while it
// waits for its turn or inside one linear program, with the best found and the last bound; then `proved` is false. Accuracy: that of the solver's doubles, 1e-6
// of a column and a row; callers verify solutions in integers.
ProgramOutcome SolveProgram(const IntegerProgram& program, const ProgramProgress& progress, const StopSignal& stop);

inline constexpr int kSolverSeed = 1;
std::string SolverName();  // "COIN-OR CBC 2.10.8"

}  // namespace geo
