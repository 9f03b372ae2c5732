using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models;

namespace DeployHub.Domain.Runs;

/// <summary>The start gates once more, before each phase of Execute (domain §2.4.2). Leading back asks nobody: safety first.</summary>
public sealed partial class Run
{
    /// <summary>The phase that begins next, if nobody has looked at its gates yet.</summary>
    public PhaseRun? PhaseAtGate =>
        Of(Stage.Execute).Phases.FirstOrDefault(phase => phase.Status is not PhaseStatus.Passed) is { Status: PhaseStatus.Pending, IsRollback: false, GatesOpenedAt: null } next ? next : null;

    /// <summary>Lets the next phase begin, or halts before it touches anything. A resolution that goes on looks at the gates again.</summary>
    /// <param name="slotEnd">When what allows it ends: the slot or the window, or when a freeze begins, whichever comes first; null where nothing of that bounds it.</param>
    public void CheckedGates(IReadOnlyList<Gate> gates, DateTimeOffset at, DateTimeOffset? slotEnd = null)
    {
        var phase = PhaseAtGate!;
        var atWindowEnd = Of(Stage.Execute).AtWindowEnd;
        var closed = gates.Where(gate => !gate.IsOpen && !(IsOfTime(gate.Kind) && atWindowEnd is AtWindowEnd.FinishRun)).ToList();
        if (closed.Count == 0)
        {
            (phase.GatesOpenedAt, phase.HaltsAt) = (at, atWindowEnd is AtWindowEnd.HaltNow ? slotEnd : null);
            return;
        }

        var cause = CauseOf(closed[0].Kind);
        var rollsBack = cause is HaltCause.WindowOverrun && atWindowEnd is AtWindowEnd.RollBackIfNotDone && !IsUntouched;
        Must(StopBecause(cause, $"{phase.Name} may not begin. {string.Join(" ", closed.Select(gate => gate.Sentence))}", Stage.Execute, 0, null, [], Actor.System, at, rollsBack));
    }

    /// <summary>What was granted while a phase is under way moves its end to a later time; phases to come ask when they begin. False where it ends as before.</summary>
    /// <param name="until">When what allows it ends now; null where nothing bounds it.</param>
    public bool AllowUntil(DateTimeOffset? until, DateTimeOffset at)
    {
        var bound = IsOver ? [] : Of(Stage.Execute).Phases.Where(phase => phase.Status is not PhaseStatus.Passed && phase.HaltsAt is { } ends && (until is null || ends < until)).ToList();
        foreach (var phase in bound) phase.HaltsAt = until;
        if (bound.Count > 0 && OpenHalt is null) DueAt = at;
        return bound.Count > 0;
    }

    /// <summary>A slot that lasts longer is another plan, which somebody approves.</summary>
    private static readonly TimeSpan LongestExtension = TimeSpan.FromDays(31);

    /// <summary>Goes on although the slot is over, because it lasts longer now. A freeze is no slot: it is passed by an exception only.</summary>
    /// <param name="until">The slot's new end; at most 31 days from now.</param>
    /// <param name="frozenFrom">When a freeze begins, or began, that it may not pass; null for none.</param>
    public Result ExtendWindow(DateTimeOffset until, Decision decision, DateTimeOffset? frozenFrom = null)
    {
        if (Refusal(decision) is { } refusal) return refusal;
        if (OpenHalt!.Cause is not HaltCause.WindowOverrun) return RunErrors.NotAllowedFor(ResolutionChoice.ExtendWindow, OpenHalt.Cause);

        if (until <= decision.At) return RunErrors.ExtensionInThePast;
        if (until - decision.At > LongestExtension) return RunErrors.ExtensionTooLong;
        if (frozenFrom <= decision.At && Of(Stage.Execute).AtWindowEnd is not AtWindowEnd.FinishRun) return RunErrors.StillFrozen;

        foreach (var phase in Of(Stage.Execute).Phases.Where(phase => phase.HaltsAt is not null)) phase.HaltsAt = frozenFrom < until ? frozenFrom : until;
        return Continue(ResolutionChoice.ExtendWindow, decision, [], _ => { });
    }

    private static HaltCause CauseOf(GateKind gate) => gate switch
    {
        GateKind.Components => HaltCause.VersionRecalled,
        GateKind.Targets or GateKind.Operator => HaltCause.PrerequisiteMissing,
        _ when IsOfTime(gate) => HaltCause.WindowOverrun,
        _ => HaltCause.PolicyViolation,
    };

    /// <summary>What the model's AtWindowEnd decides about: the slot or window is over, or a freeze has begun (domain §2.4.6).</summary>
    private static bool IsOfTime(GateKind gate) => gate is GateKind.Slot or GateKind.Window or GateKind.Freeze;
}
