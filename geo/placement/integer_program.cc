#include "geo/placement/integer_program.h"

#include <coin/CbcConfig.h>
#include <coin/CbcEventHandler.hpp>
#include <coin/CbcModel.hpp>
#include <coin/CglGomory.hpp>
#include <coin/CglKnapsackCover.hpp>
#include <coin/CglProbing.hpp>
#include <coin/ClpEventHandler.hpp>
#include <coin/ClpSimplex.hpp>
#include <coin/CoinHelperFunctions.hpp>
#include <coin/CoinPackedMatrix.hpp>
#include <coin/OsiClpSolverInterface.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <mutex>
#include <thread>

namespace geo {
namespace {

constexpr std::int64_t kPivotsATelling = 64;

// What both handlers share: CBC and Clp copy their handlers, the state stays one.
struct Watch {
  const StopSignal* stop = nullptr;
  const ProgramProgress* progress = nullptr;
  double bound = -1e30;  // in CBC's sense: it minimises
  double value = -1e30;  // of the best found, in ours
  std::int64_t nodes = 0, pivots = 0;
  bool stopped = false;

  void tell() const {
    if (*progress) (*progress)(value, -bound, nodes);
  }
  bool ask() {
    stopped = stopped || stop->stop_requested();
    return stopped;
  }
};

class NodeHandler final : public CbcEventHandler {
 public:
  explicit NodeHandler(Watch* watch) : watch_(watch) {}
  CbcEventHandler* clone() const override { return new NodeHandler(*this); }
  CbcAction event(CbcEvent which) override {
    // Models inside the model (heuristics) have bounds of their own.
    if (model_ != nullptr && model_->parentModel() == nullptr && !watch_->stopped && (which == node || which == solution || which == heuristicSolution)) {
      watch_->bound = std::max(watch_->bound, model_->getBestPossibleObjValue());
      if (model_->bestSolution() != nullptr) watch_->value = -model_->getObjValue();
      watch_->nodes = model_->getNodeCount();
      watch_->tell();
    }
    return watch_->ask() ? stop : noAction;
  }

 private:
  Watch* watch_;
};

class PivotHandler final : public ClpEventHandler {
 public:
  explicit PivotHandler(Watch* watch) : watch_(watch) {}
  ClpEventHandler* clone() const override { return new PivotHandler(*this); }
  // The first linear program can take most of the time, and has no nodes: what was known before it is told again.
  int event(Event) override {
    if (++watch_->pivots % kPivotsATelling == 0) watch_->tell();
    return watch_->ask() ? 5 : -1;
  }

 private:
  Watch* watch_;
};

// One at a time in this process, asking meanwhile whether to stop.
class Turn {
 public:
  explicit Turn(const StopSignal& stop) {
    while (!mutex_.try_lock()) {
      if (stop.stop_requested()) return;
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    mine_ = true;
  }
  ~Turn() {
    if (mine_) mutex_.unlock();
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  bool mine() const { return mine_; }

 private:
  static std::mutex mutex_;
  bool mine_ = false;
};
std::mutex Turn::mutex_;

void Load(const IntegerProgram& program, OsiClpSolverInterface& solver) {
  const std::size_t columns = program.columns.size();
  std::vector<double> low, high, objective, row_low, row_high;
  for (const auto& column : program.columns) {
    low.push_back(column.low);
    high.push_back(column.high);
    objective.push_back(-column.objective);
  }
  CoinPackedMatrix matrix(false, 0, 0);
  matrix.setDimensions(0, static_cast<int>(columns));
  std::vector<CoinBigIndex> starts{0};
  std::vector<int> indices;
  std::vector<double> values;
  for (const auto& row : program.rows) {
    indices.insert(indices.end(), row.columns.begin(), row.columns.end());
    values.insert(values.end(), row.values.begin(), row.values.end());
    starts.push_back(static_cast<CoinBigIndex>(indices.size()));
    row_low.push_back(row.low);
    row_high.push_back(row.high);
  }
  if (!program.rows.empty()) matrix.appendRows(static_cast<int>(program.rows.size()), starts.data(), indices.data(), values.data());
  solver.loadProblem(matrix, low.data(), high.data(), objective.data(), row_low.data(), row_high.data());
  for (std::size_t i = 0; i < columns; ++i) {
    if (program.columns[i].integer) solver.setInteger(static_cast<int>(i));
  }
}

void Silence(CbcModel& model) {
  model.setLogLevel(0);
  model.messageHandler()->setLogLevel(0);
  model.solver()->messageHandler()->setLogLevel(0);
  model.solver()->setHintParam(OsiDoReducePrint, true, OsiHintTry);
}

void AddCuts(CbcModel& model, CglProbing& probing, CglGomory& gomory, CglKnapsackCover& cover) {
  constexpr int kWhereItHelps = -1;  // CBC goes on with a kind of cut only where it moved the bound
  probing.setUsingObjective(1);
  probing.setMaxPass(1);
  probing.setMaxProbeRoot(50);
  probing.setMaxLook(10);
  probing.setRowCuts(3);
  model.addCutGenerator(&probing, kWhereItHelps, "probing");
  model.addCutGenerator(&gomory, kWhereItHelps, "gomory");
  model.addCutGenerator(&cover, kWhereItHelps, "cover");
}

void Read(const IntegerProgram& program, const double* solution, ProgramOutcome& outcome) {
  outcome.found = true;
  outcome.solution.assign(solution, solution + program.columns.size());
  for (std::size_t i = 0; i < program.columns.size(); ++i) {
    if (program.columns[i].integer) outcome.solution[i] = std::round(outcome.solution[i]);
  }
}

}  // namespace

ProgramOutcome SolveProgram(const IntegerProgram& program, const ProgramProgress& progress, const StopSignal& stop) {
  ProgramOutcome outcome;
  const Turn turn(stop);
  if (!turn.mine() || program.columns.empty()) {
    outcome.proved = turn.mine();
    if (outcome.proved) outcome.bound = 0, outcome.found = program.more_than < 0;
    return outcome;
  }
  CoinSeedRandom(kSolverSeed);
  Watch watch{&stop, &progress};
  OsiClpSolverInterface solver;
  solver.messageHandler()->setLogLevel(0);
  Load(program, solver);
  // CoinUtils 2.11 leaks in its presolve (implied_free_action), and what is left of our programs has little to presolve.
  solver.setHintParam(OsiDoPresolveInInitial, false, OsiHintDo);
  solver.setHintParam(OsiDoPresolveInResolve, false, OsiHintDo);
  PivotHandler pivots(&watch);
  solver.getModelPtr()->passInEventHandler(&pivots);
  solver.getModelPtr()->setRandomSeed(kSolverSeed);
  CbcModel model(solver);
  Silence(model);
  NodeHandler nodes(&watch);
  model.passInEventHandler(&nodes);
  model.setRandomSeed(kSolverSeed);
  model.setDblParam(CbcModel::CbcCutoffIncrement, program.least_difference * 0.999);
  model.setAllowableGap(program.least_difference * 0.5);
  model.setAllowableFractionGap(0);
  if (program.more_than > -1e29) model.setCutoff(-program.more_than - program.least_difference * 0.5);
  CglProbing probing;
  CglGomory gomory;
  CglKnapsackCover cover;
  AddCuts(model, probing, gomory, cover);
  model.initialSolve();
  if (!watch.stopped && model.solver()->isProvenOptimal()) watch.bound = std::max(watch.bound, model.solver()->getObjValue());
  if (!watch.ask()) model.branchAndBound(0);
  outcome.nodes = model.getNodeCount();
  if (model.bestSolution() != nullptr) Read(program, model.bestSolution(), outcome);
  outcome.proved = !watch.stopped && !model.isAbandoned() && (model.isProvenOptimal() || model.isProvenInfeasible());
  outcome.bound = -watch.bound;
  return outcome;
}

std::string SolverName() { return "COIN-OR CBC " CBC_VERSION; }

}  // namespace geo
