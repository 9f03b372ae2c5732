using static DeployHub.Domain.Runs.RunStatus;
using static DeployHub.Domain.Runs.RunTrigger;

namespace DeployHub.Domain.Runs;

/// <summary>The legal moves of the machines inside a run, as domain §2.4.3 lists them.</summary>
public static class RunMoves
{
    public static readonly StateTable<RunStatus, RunTrigger> Run = new("run")
    {
        { Queued, TakeLease, Running },
        { Running, RunTrigger.Wait, Waiting },
        { Waiting, Resume, Running },
        { Running, RunTrigger.Halt, Halted },
        { Waiting, RunTrigger.Halt, Halted },
        { Queued, RunTrigger.Halt, Halted }, // a person may stop a run that no worker has taken yet
        { Halted, Continue, Running },
        { Halted, RollBack, RollingBack },
        { RollingBack, CompleteRollback, RolledBack },
        { RollingBack, RunTrigger.Halt, Halted },
        { Halted, End, Ended },
        { Running, RunTrigger.Succeed, Succeeded },
    };

    public static readonly StateTable<StageStatus, StageTrigger> Stage = new("stage")
    {
        { StageStatus.Pending, StageTrigger.Begin, StageStatus.Running },
        { StageStatus.Running, StageTrigger.Pass, StageStatus.Passed },
        { StageStatus.Running, StageTrigger.PassWithWaiver, StageStatus.PassedWithWaiver },
        { StageStatus.Running, StageTrigger.Fail, StageStatus.Failed },
        { StageStatus.Failed, StageTrigger.Continue, StageStatus.Running },
    };

    public static readonly StateTable<PhaseStatus, PhaseTrigger> Phase = new("phase")
    {
        { PhaseStatus.Pending, PhaseTrigger.Begin, PhaseStatus.Running },
        { PhaseStatus.Running, PhaseTrigger.Soak, PhaseStatus.Soaking },
        { PhaseStatus.Soaking, PhaseTrigger.AskPromotion, PhaseStatus.AwaitingPromotion },
        { PhaseStatus.Running, PhaseTrigger.AskPromotion, PhaseStatus.AwaitingPromotion },
        { PhaseStatus.AwaitingPromotion, PhaseTrigger.Soak, PhaseStatus.Soaking }, // a person extends the soak
        { PhaseStatus.Running, PhaseTrigger.Pass, PhaseStatus.Passed },
        { PhaseStatus.Soaking, PhaseTrigger.Pass, PhaseStatus.Passed },
        { PhaseStatus.AwaitingPromotion, PhaseTrigger.Pass, PhaseStatus.Passed },
        { PhaseStatus.Running, PhaseTrigger.Fail, PhaseStatus.Failed },
        { PhaseStatus.Soaking, PhaseTrigger.Fail, PhaseStatus.Failed },
        { PhaseStatus.AwaitingPromotion, PhaseTrigger.Fail, PhaseStatus.Failed }, // nobody decided in time
        { PhaseStatus.Failed, PhaseTrigger.Continue, PhaseStatus.Running },
        { PhaseStatus.Failed, PhaseTrigger.RollBack, PhaseStatus.RolledBack },
        { PhaseStatus.Passed, PhaseTrigger.RollBack, PhaseStatus.RolledBack },
        { PhaseStatus.Running, PhaseTrigger.RollBack, PhaseStatus.RolledBack }, // a person stopped the run in it
        { PhaseStatus.Soaking, PhaseTrigger.RollBack, PhaseStatus.RolledBack },
        { PhaseStatus.AwaitingPromotion, PhaseTrigger.RollBack, PhaseStatus.RolledBack },
        { PhaseStatus.Pending, PhaseTrigger.NeverStart, PhaseStatus.NotStarted },
    };

    public static readonly StateTable<TargetRunStatus, TargetRunTrigger> TargetRun = new("target run")
    {
        { TargetRunStatus.Pending, TargetRunTrigger.Release, TargetRunStatus.Ready },
        { TargetRunStatus.Ready, TargetRunTrigger.Withdraw, TargetRunStatus.Pending },
        { TargetRunStatus.Ready, TargetRunTrigger.Claim, TargetRunStatus.InProgress },
        { TargetRunStatus.Ready, TargetRunTrigger.Succeed, TargetRunStatus.Succeeded }, // no step was left whose condition holds
        { TargetRunStatus.Ready, TargetRunTrigger.Fail, TargetRunStatus.Failed }, // a step could not begin
        { TargetRunStatus.InProgress, TargetRunTrigger.GiveBack, TargetRunStatus.Ready },
        { TargetRunStatus.InProgress, TargetRunTrigger.AskPerson, TargetRunStatus.WaitingForPerson },
        { TargetRunStatus.WaitingForPerson, TargetRunTrigger.Answer, TargetRunStatus.Ready },
        { TargetRunStatus.WaitingForPerson, TargetRunTrigger.Succeed, TargetRunStatus.Succeeded },
        { TargetRunStatus.WaitingForPerson, TargetRunTrigger.Fail, TargetRunStatus.Failed },
        { TargetRunStatus.InProgress, TargetRunTrigger.Succeed, TargetRunStatus.Succeeded },
        { TargetRunStatus.InProgress, TargetRunTrigger.Fail, TargetRunStatus.Failed },
        { TargetRunStatus.Failed, TargetRunTrigger.Release, TargetRunStatus.Ready },
        { TargetRunStatus.Failed, TargetRunTrigger.Succeed, TargetRunStatus.Succeeded }, // the last step was done by hand
        { TargetRunStatus.Failed, TargetRunTrigger.Defer, TargetRunStatus.Deferred },
        { TargetRunStatus.Pending, TargetRunTrigger.Defer, TargetRunStatus.Deferred },
        { TargetRunStatus.Pending, TargetRunTrigger.LeaveAsIs, TargetRunStatus.Unchanged },
        { TargetRunStatus.InProgress, TargetRunTrigger.Defer, TargetRunStatus.Deferred }, // enough others have fetched
        { TargetRunStatus.Pending, TargetRunTrigger.NeverStart, TargetRunStatus.NotStarted },
        { TargetRunStatus.WaitingForPerson, TargetRunTrigger.NeverStart, TargetRunStatus.NotStarted },
        { TargetRunStatus.InProgress, TargetRunTrigger.CallOff, TargetRunStatus.NotStarted }, // a check that observes changes nothing
        { TargetRunStatus.Succeeded, TargetRunTrigger.WatchOn, TargetRunStatus.Ready }, // the soak was extended
    };
}
