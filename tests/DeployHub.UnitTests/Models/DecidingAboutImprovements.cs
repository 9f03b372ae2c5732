using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Improving;
using DeployHub.Domain.Models.Measuring;
using static DeployHub.Domain.Models.Improving.ImprovementStatus;

namespace DeployHub.UnitTests.Models;

/// <summary>From the proposal to what came of it, with every row and every guard of domain §2.3.4.</summary>
public sealed class DecidingAboutImprovements
{
    private static readonly Actor Dana = new("dana", "Dana"), Milo = new("milo", "Milo");
    private static readonly DateTimeOffset At = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);
    private static readonly EvidenceLink[] Evidence = [new(EvidenceKind.Signal, "S5", "Read it back")];
    private static readonly DateOnly Due = new(2026, 4, 1);
    private static readonly ImprovementTrigger[] Way = [ImprovementTrigger.Assess, ImprovementTrigger.Accept, ImprovementTrigger.Start, ImprovementTrigger.Deliver, ImprovementTrigger.Evaluate];

    private readonly Model _model = Model.Plan("small", "Small", "For tests.", Dana, At);
    private ModelVersion? _draft;

    public static TheoryData<ImprovementStatus> States => [.. Enum.GetValues<ImprovementStatus>()];

    [Fact]
    public void Follows_the_specification_and_nothing_else()
    {
        string[] specified =
        [
            "Proposed Assess Assessed", "Proposed Decline Declined", "Assessed Decline Declined", "Proposed Merge Merged", "Assessed Merge Merged", "Assessed Accept Accepted",
            "Accepted Start InProgress", "InProgress Deliver Delivered", "Delivered Evaluate Evaluated",
        ];

        ImprovementMoves.Table.Select(move => $"{move.From} {move.On} {move.To}").ShouldBe(specified, ignoreOrder: true);
    }

    [Theory, MemberData(nameof(States))]
    public void Each_move_leads_where_the_table_says_or_is_refused(ImprovementStatus from)
    {
        foreach (var trigger in Enum.GetValues<ImprovementTrigger>())
        {
            var improvement = In(from);
            var done = Make(improvement, trigger);
            if (ImprovementMoves.Table.Next(from, trigger) is { Error: null } next) (done.Error, improvement.Status).ShouldBe((null, next.Value), $"{from} {trigger}");
            else (done.Error?.Code, improvement.Status).ShouldBe(("improvement.cannot-move", from), $"{from} {trigger}");
        }
    }

    [Fact]
    public void A_refusal_says_what_can_be_done_instead()
    {
        Make(In(Proposed), ImprovementTrigger.Accept).Error!.Message.ShouldBe(
            "IMP-2026-000001 is proposed, so nobody can accept it now. What can be done with it: assess, decline and merge.");
        Make(In(Declined), ImprovementTrigger.Assess).Error!.Message.ShouldEndWith("Nothing follows any more: propose another one.");
    }

    [Fact]
    public void A_proposal_has_a_title_and_rests_on_something()
    {
        Propose(" ", Evidence).Error!.Code.ShouldBe("improvement.title-missing");
        Propose("Look earlier", []).Error!.Fields.Keys.ShouldBe(["Evidence"]);

        var proposed = Propose(" Look earlier ", [.. Evidence, .. Evidence]).Value;
        (proposed.Title, proposed.Status, proposed.ProposedBy).ShouldBe(("Look earlier", Proposed, Milo));
        proposed.Evidence.ShouldBe(Evidence);
    }

    [Fact]
    public void An_assessment_may_say_the_hypothesis_anew()
    {
        var improvement = In(Proposed);
        improvement.Assess(Level.High, Level.Low, Level.Medium, "Cheap.", null, Dana, At).Error.ShouldBeNull();
        (improvement.Assessment, improvement.Hypothesis).ShouldBe((new Assessment(Level.High, Level.Low, Level.Medium, "Cheap.", Dana, At), "It becomes faster."));

        var other = In(Proposed);
        other.Assess(Level.High, Level.Low, Level.Medium, null, " It fails less. ", Dana, At).Error.ShouldBeNull();
        other.Hypothesis.ShouldBe("It fails less.");
    }

    [Fact]
    public void Whoever_proposed_it_reads_why_it_is_declined()
    {
        var improvement = In(Assessed);
        improvement.Decline(" ", Dana, At).Error!.Code.ShouldBe("improvement.reason-missing");
        improvement.Decline("The next platform brings it.", Dana, At).Error.ShouldBeNull();
        improvement.History[^1].ShouldBe(new ImprovementMove(ImprovementTrigger.Decline, Dana, At, "The next platform brings it."));
    }

    [Fact]
    public void It_goes_on_as_another_one_that_is_open()
    {
        var improvement = In(Proposed);
        improvement.MergeInto(improvement, Dana, At).Error!.Code.ShouldBe("improvement.merged-into-itself");
        foreach (var over in new[] { Declined, Merged, Evaluated }) improvement.MergeInto(In(over), Dana, At).Error!.Code.ShouldBe("improvement.into-closed");

        var other = In(Accepted);
        improvement.MergeInto(other, Dana, At).Error.ShouldBeNull();
        improvement.MergedInto.ShouldBe(other.Id);
    }

    [Fact]
    public void Accepting_needs_a_day_to_come_a_baseline_and_a_better_target()
    {
        var improvement = In(Assessed);
        Accept(improvement, due: new DateOnly(2026, 2, 28)).Error!.Code.ShouldBe("improvement.due-past");
        Accept(improvement, isMeasured: false).Error!.Code.ShouldBe("improvement.no-baseline");
        Accept(improvement, target: TimeSpan.FromHours(9)).Error!.Message.ShouldBe("The lead time is 9 h already; 9 h is no better. Say less, or choose another metric.");
        improvement.Accept(Milo, Due, ImprovementMetric.SuccessRate, Rate(40, 46), 0.8, null, Dana, At).Error!.Message.ShouldContain("Say more");
        (improvement.Status, improvement.Owner, improvement.Goal).ShouldBe((Assessed, null, null));

        Accept(improvement, due: new DateOnly(2026, 3, 1)).Error.ShouldBeNull();
        (improvement.Owner, improvement.Due, improvement.Goal!.ToString()).ShouldBe((Milo, new DateOnly(2026, 3, 1), "at most 5 h"));
    }

    [Fact]
    public void It_is_written_in_an_open_version_of_its_own_model()
    {
        var improvement = In(Accepted);
        var published = _model.Import(Written.Content(), Written.Model, "", Dana, At);
        var strange = Model.Plan("other", "Other", "For tests.", Dana, At).Draft(null, null, new ModelIntent("Less waiting"), Written.Model, Written.Content(), Dana, At).Value;

        improvement.Start(strange, null, Dana, At).Error!.Code.ShouldBe("improvement.other-model");
        improvement.Start(published, null, Dana, At).Error!.Message.ShouldStartWith("v1 is published: ");

        var draft = Draft();
        improvement.Start(draft, null, Dana, At).Error.ShouldBeNull();
        (improvement.VersionId, improvement.TaskLink).ShouldBe((draft.Id, null));
    }

    [Fact]
    public void A_draft_that_was_discarded_is_no_dead_end()
    {
        var improvement = In(Accepted);
        var draft = Draft();
        improvement.Start(draft, null, Dana, At).Error.ShouldBeNull();
        improvement.Start(draft, draft, Dana, At).Error!.Code.ShouldBe("improvement.cannot-move");

        draft.Discard("Another way.", Dana, At).Error.ShouldBeNull();
        improvement.Deliver(draft, Dana, At).Error!.Message.ShouldEndWith("Start the improvement again, which links another version.");
        _draft = null;
        var next = Draft();
        improvement.Start(next, draft, Dana, At).Error.ShouldBeNull();
        (improvement.Status, improvement.VersionId).ShouldBe((InProgress, next.Id));
        improvement.History.Count(move => move.Move is ImprovementTrigger.Start).ShouldBe(2);
    }

    [Fact]
    public void It_is_delivered_once_its_version_is_published_or_its_task_is_done()
    {
        var written = In(Accepted);
        var draft = Draft();
        written.Start(draft, null, Dana, At).Error.ShouldBeNull();
        written.Deliver(draft, Dana, At).Error!.Message.ShouldBe("v1 is draft. Publishing it delivers the improvement.");

        var task = In(Accepted);
        task.StartElsewhere("https://board.example.com/7", null, Dana, At).Error.ShouldBeNull();
        task.Deliver(null, Dana, At.AddDays(3)).Error.ShouldBeNull();
        (task.Status, task.DeliveredAt, task.EvaluateFrom).ShouldBe((Delivered, At.AddDays(3), At.AddDays(33)));
    }

    [Fact]
    public void It_is_evaluated_by_the_metric_of_its_baseline_and_not_before_the_first_deployment()
    {
        var improvement = In(Delivered);
        improvement.Evaluate(null, EffectVerdict.NoEffect, null, 0, Dana, At).Error!.Code.ShouldBe("improvement.no-after-value");
        improvement.Evaluate(Rate(40, 46), EffectVerdict.NoEffect, null, 46, Dana, At).Error!.Code.ShouldBe("improvement.other-definition");
    }

    [Fact]
    public void A_person_confirms_what_the_figures_suggest_or_says_why_not()
    {
        var improvement = In(Delivered);
        improvement.Evaluate(LeadTime(hours: 4, count: 20), EffectVerdict.NoEffect, " ", 20, Dana, At.AddDays(31)).Error!.Message.ShouldContain("“effective”");
        improvement.Evaluate(LeadTime(hours: 4, count: 20), EffectVerdict.Effective, null, 20, Dana, At.AddDays(31)).Error.ShouldBeNull();
        (improvement.Evaluation!.Suggested, improvement.Evaluation.Verdict).ShouldBe((EffectVerdict.Effective, EffectVerdict.Effective));
        (improvement.Evaluation.ByOwner, improvement.Evaluation.BeforeDue).ShouldBe((false, false));

        var other = In(Delivered);
        other.Evaluate(LeadTime(hours: 4, count: 20), EffectVerdict.NoEffect, "The approval was dropped in the same week.", 20, Dana, At).Error.ShouldBeNull();
        (other.Evaluation!.Suggested, other.Evaluation.Verdict).ShouldBe((EffectVerdict.Effective, EffectVerdict.NoEffect));
    }

    [Fact]
    public void The_record_says_when_its_owner_evaluated_it_and_when_that_was_early()
    {
        var improvement = In(Delivered);
        improvement.Evaluate(LeadTime(hours: 9, count: 3), EffectVerdict.NoEffect, null, 3, Milo, At.AddDays(1)).Error.ShouldBeNull();
        (improvement.Evaluation!.ByOwner, improvement.Evaluation.BeforeDue).ShouldBe((true, true));
    }

    [Fact]
    public void What_nobody_decided_for_thirty_days_is_overdue()
    {
        foreach (var status in new[] { Proposed, Assessed })
            (In(status).IsOverdue(At.AddDays(30)), In(status).IsOverdue(At.AddDays(31))).ShouldBe((false, true));
        In(Accepted).IsOverdue(At.AddDays(31)).ShouldBeFalse();
        In(Declined).IsOverdue(At.AddDays(31)).ShouldBeFalse();
    }

    [Fact]
    public void What_should_be_in_use_by_now_is_late()
    {
        (In(Accepted).IsLate(new(2026, 4, 1, 23, 0, 0, TimeSpan.Zero)), In(InProgress).IsLate(new(2026, 4, 2, 0, 0, 0, TimeSpan.Zero))).ShouldBe((false, true));
        In(Delivered).IsLate(At.AddDays(90)).ShouldBeFalse();
        In(Assessed).IsLate(At.AddDays(90)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(0, 29, false)]
    [InlineData(9, 29, false)]
    [InlineData(10, 1, true)]
    [InlineData(0, 30, true)]
    public void It_is_to_be_evaluated_after_thirty_days_or_ten_deployments(int deployments, int days, bool isDue)
    {
        In(Delivered).IsEvaluationDue(deployments, At.AddDays(days)).ShouldBe(isDue);
        In(Evaluated).IsEvaluationDue(deployments, At.AddDays(days)).ShouldBeFalse();
    }

    [Fact]
    public void Deployment_managers_decide_and_neither_auditors_nor_machines_propose()
    {
        PermissionMatrix.RolesWith(Permission.DecideImprovements).ShouldBe([Role.DeploymentManager]);
        Enum.GetValues<Role>().Except(PermissionMatrix.RolesWith(Permission.ProposeImprovements)).ShouldBe([Role.Auditor, Role.CiSystem]);
    }

    private Improvement In(ImprovementStatus status)
    {
        var improvement = Propose("Look earlier", Evidence).Value;
        ImprovementTrigger[] way = status switch
        {
            Proposed => [],
            Declined => [ImprovementTrigger.Decline],
            Merged => [ImprovementTrigger.Merge],
            _ => Way[..(1 + Array.IndexOf([Assessed, Accepted, InProgress, Delivered, Evaluated], status))],
        };
        foreach (var trigger in way) Make(improvement, trigger).Error.ShouldBeNull();
        return improvement;
    }

    private Result Make(Improvement improvement, ImprovementTrigger trigger) => trigger switch
    {
        ImprovementTrigger.Assess => improvement.Assess(Level.High, Level.Low, Level.Low, null, null, Dana, At),
        ImprovementTrigger.Decline => improvement.Decline("Not now.", Dana, At),
        ImprovementTrigger.Merge => improvement.MergeInto(Propose("Look earlier still", Evidence).Value, Dana, At),
        ImprovementTrigger.Accept => Accept(improvement),
        ImprovementTrigger.Start => improvement.StartElsewhere("https://board.example.com/7", null, Dana, At),
        ImprovementTrigger.Deliver => improvement.Deliver(null, Dana, At),
        _ => improvement.Evaluate(LeadTime(hours: 4, count: 20), EffectVerdict.Effective, null, 20, Dana, At.AddDays(31)),
    };

    private Result<Improvement> Propose(string title, IReadOnlyList<EvidenceLink> evidence) =>
        Improvement.Propose("IMP-2026-000001", _model.Id, title, "It becomes faster.", evidence, Milo, At);

    private static Result Accept(Improvement improvement, DateOnly? due = null, bool isMeasured = true, TimeSpan? target = null) => improvement.Accept(
        Milo, due ?? Due, ImprovementMetric.LeadTime, isMeasured ? LeadTime(hours: 9, count: 20) : null, (target ?? TimeSpan.FromHours(5)).TotalSeconds, null, Dana, At);

    private ModelVersion Draft() => _draft ??= _model.Draft(null, null, new ModelIntent("Less waiting"), Written.Model, Written.Content(), Dana, At).Value;

    private static Measurement LeadTime(double hours, int count) =>
        Measurement.Of(ImprovementMetric.LeadTime, Timings.Of(Enumerable.Repeat(TimeSpan.FromHours(hours), count)), At.AddDays(-90), At)!;

    private static Measurement Rate(int count, int of) => Measurement.Of(ImprovementMetric.SuccessRate, new Proportion(count, of), At.AddDays(-90), At)!;
}
