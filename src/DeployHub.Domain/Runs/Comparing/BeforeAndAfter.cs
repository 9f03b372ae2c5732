using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Runs.Comparing;

/// <summary>
/// What a run changed on its targets: what the baseline holds against what was seen afterwards (domain §1.3, B3, B5). A version that the plan
/// brings is planned, and anything else that differs is not; once a target was led back, everything has to be as it was.
/// </summary>
public static class BeforeAndAfter
{
    public static IReadOnlyList<Change> Of(Run run, IEnumerable<TargetSnapshot> snapshots)
    {
        var of = snapshots.ToLookup(snapshot => snapshot.TargetId);
        return [.. (run.Baselines ?? []).Select(baseline => baseline.TargetId).Distinct().SelectMany(target => Of(run, target, [.. of[target]]))];
    }

    /// <param name="snapshots">Of this target.</param>
    public static IReadOnlyList<Change> Of(Run run, TargetId target, IReadOnlyCollection<TargetSnapshot> snapshots)
    {
        var look = new Look(run, target, snapshots);
        var versions = (run.Baselines ?? []).Where(baseline => baseline.TargetId == target).Select(look.OfVersion).ToList();
        return [.. versions, .. look.Facts.Where(item => versions.TrueForAll(version => version.Item != item)).Select(look.OfFact)];
    }

    /// <summary>A target that was on its way back is compared for that.</summary>
    public static SnapshotMoment MomentOf(Run run, TargetId target) =>
        run.TargetRuns.Any(targetRun => targetRun.TargetId == target && targetRun.BeganAt is not null && run.IsReturn(targetRun)) ? SnapshotMoment.AfterRollback : SnapshotMoment.AfterDeployment;

    private sealed class Look
    {
        private const string ByTheRecord = "Before by the record, nobody looked.";

        private readonly Run _run;
        private readonly TargetId _target;
        private readonly string _name;
        private readonly bool _isBack;
        private readonly TargetSnapshot? _before;
        private readonly TargetSnapshot? _after;
        private readonly HashSet<string> _tolerated;

        public Look(Run run, TargetId target, IReadOnlyCollection<TargetSnapshot> snapshots)
        {
            var mine = run.TargetRuns.Where(targetRun => targetRun.TargetId == target).ToList();
            var moment = MomentOf(run, target);
            (_run, _target, _name, _isBack) = (run, target, mine[0].Subject, moment is SnapshotMoment.AfterRollback);
            _before = snapshots.FirstOrDefault(snapshot => snapshot.Moment is SnapshotMoment.Baseline);
            _after = snapshots.FirstOrDefault(snapshot => snapshot.Moment == moment);
            _tolerated = [.. mine.SelectMany(targetRun => targetRun.Steps).Select(step => step.Settings).OfType<CheckChanges>().SelectMany(check => check.Tolerate ?? [])];
        }

        /// <summary>Everything that was looked at, as it is called.</summary>
        public IEnumerable<string> Facts => (_before?.Facts ?? []).Concat(_after?.Facts ?? []).Select(seen => seen.Fact.Subject).Distinct();

        public Change OfVersion(Baseline had)
        {
            var moved = _run.Versions.First(version => version.ComponentId == had.ComponentId);
            var item = new WatchedFact(FactKind.Component, moved.Component).Subject;
            var (seen, recorded) = (_before?.Of(item), had.Version?.Label ?? WatchedFact.Absent);
            var before = seen is null ? recorded : seen.Value;
            var after = _after?.Of(item)?.Value ?? ReadBack(_isBack ? had.Version : moved);
            var planned = _isBack ? before ?? recorded : moved.Label;
            var change = Judge(item, before, after, planned, seen is { Value: null } ? UnreadBefore(seen) : after is null ? WhyUnread(item) : null, mayDiffer: false);
            return seen is null ? FromTheRecord(change) : change;
        }

        public Change OfFact(string item)
        {
            var (before, after) = (_before?.Of(item), _after?.Of(item));
            return Judge(item, before?.Value, after?.Value, _isBack ? before?.Value : null, (before, after) switch
            {
                (null, _) => "It was not looked at before Execute.",
                ({ Value: null }, _) => UnreadBefore(before),
                (_, null) => NobodyLooked,
                (_, { Value: null }) => $"Afterwards it could not be read: {after.Trouble?.TrimEnd('.')}.",
                _ => null,
            }, _tolerated.Contains(item));
        }

        /// <summary>A record is no look: that nothing changed cannot be told by it.</summary>
        private static Change FromTheRecord(Change change) => change with
        {
            Verdict = change.Verdict is ChangeVerdict.Unchanged ? ChangeVerdict.NotObserved : change.Verdict,
            Why = change.Why is null ? ByTheRecord : $"{change.Why} {ByTheRecord}",
        };

        /// <param name="mayDiffer">The model tolerates another value. Of a version that the plan moves it never does.</param>
        private Change Judge(string item, string? before, string? after, string? planned, string? whyUnread, bool mayDiffer)
        {
            var verdict = before is null || after is null ? ChangeVerdict.NotObserved
                : before == after ? ChangeVerdict.Unchanged
                : !_isBack && after == planned ? ChangeVerdict.ChangedAsPlanned
                : ChangeVerdict.ChangedUnexpectedly;
            var isTolerated = verdict is ChangeVerdict.ChangedUnexpectedly && mayDiffer;
            return new Change(_name, item, before, after, planned, verdict, verdict switch
            {
                ChangeVerdict.NotObserved => whyUnread,
                ChangeVerdict.ChangedAsPlanned => planned == WatchedFact.Absent ? "The plan removes it." : "The plan brings it.",
                ChangeVerdict.ChangedUnexpectedly when isTolerated => "The model tolerates it.",
                ChangeVerdict.ChangedUnexpectedly when _isBack => "The rollback did not bring it back.",
                ChangeVerdict.ChangedUnexpectedly when planned is not null => Planned(planned),
                ChangeVerdict.ChangedUnexpectedly => "Nobody planned it.",
                _ when planned is not null && planned != after => Planned(planned),
                _ => null,
            }, isTolerated);
        }

        private static string Planned(string value) => value == WatchedFact.Absent ? "The plan removes it." : $"The plan brings {value}.";

        /// <summary>What a check read off the target itself. That Execute succeeded there is no observation.</summary>
        private string? ReadBack(MovedVersion? version) => version switch
        {
            null => null,
            { IsRemoval: true } => ProvedAbsent ? WatchedFact.Absent : null,
            _ => ReadBackVersion(version),
        };

        /// <summary>A check does not say of which component it is, so that one is gone is only told where every one of them says so.</summary>
        private bool ProvedAbsent =>
            Looks.SelectMany(targetRun => targetRun.Steps).Where(step => step.Settings is CheckAbsent).ToList() is { Count: > 0 } proofs && proofs.TrueForAll(step => step.LastAttempt?.Outcome is StepOutcome.Succeeded);

        private string? ReadBackVersion(MovedVersion version) =>
            Looks.SelectMany(targetRun => targetRun.Steps).LastOrDefault(step => step.Settings is CheckVersion or CheckFile && step.VersionId == version.VersionId)?.LastAttempt?.Outcome switch
            {
                StepOutcome.Succeeded => version.Label, // whatever words the target has for it, or the very bytes that are registered
                StepOutcome.Failed failed => failed.Evidence.FirstOrDefault(evidence => evidence.Name == CheckVersion.Seen)?.Value,
                _ => null,
            };

        private IEnumerable<TargetRun> Looks =>
            _run.TargetRuns.Where(targetRun => targetRun.TargetId == _target && (_isBack ? _run.IsReturn(targetRun) : targetRun.Stage is Stage.VerifyDeployment));

        private static string UnreadBefore(SeenFact seen) => $"Before Execute it could not be read: {seen.Trouble?.TrimEnd('.')}.";

        private string WhyUnread(string item) => _after?.Of(item) is { Trouble: { } trouble } ? $"Afterwards it could not be read: {trouble.TrimEnd('.')}."
            : _run.TargetRuns.Any(targetRun => targetRun.TargetId == _target && targetRun.IsTouched) ? "Execute worked on it, and nothing read the version back: check-version does where an address answers it, check-file where a file on the target is the artefact, and a fact that names the component."
            : "Execute did not touch the target, and nothing read the version back.";

        private string NobodyLooked => _isBack ? "Nobody looked again after the rollback." : "Nobody looked again after Execute.";
    }
}
