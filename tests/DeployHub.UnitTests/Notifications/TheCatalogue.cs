using System.Reflection;
using System.Text.RegularExpressions;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Campaigns;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Improving;
using DeployHub.Domain.Notifications;
using DeployHub.Domain.Runs;
using DeployHub.UnitTests.Models;

namespace DeployHub.UnitTests.Notifications;

/// <summary>Appendix D of the specification against the catalogue of the code.</summary>
public sealed class TheCatalogue
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);

    /// <summary>The rows of Appendix D that something in the product can raise, with their class.</summary>
    public static TheoryData<string, NoticeClass> AppendixD => new()
    {
        { "model.published", NoticeClass.Digest },
        { "model.suspended", NoticeClass.Urgent },
        { "model.deprecated", NoticeClass.Digest },
        { "deployment.submitted", NoticeClass.Actionable },
        { "approval.decided", NoticeClass.Info },
        { "approval.voided", NoticeClass.Info },
        { "approval.expiring", NoticeClass.Actionable },
        { "alignment.answered", NoticeClass.Info },
        { "alignment.objected", NoticeClass.Actionable },
        { "alignment.deadline", NoticeClass.Actionable },
        { "deployment.scheduled", NoticeClass.Info },
        { "deployment.rescheduled", NoticeClass.Info },
        { "deployment.cancelled", NoticeClass.Info },
        { "freeze.declared", NoticeClass.Actionable },
        { "freeze.lifted", NoticeClass.Actionable },
        { "exception.granted", NoticeClass.Actionable },
        { "run.started", NoticeClass.Info },
        { "run.waiting", NoticeClass.Actionable },
        { "run.phase_promoted", NoticeClass.Info },
        { "run.halted", NoticeClass.Urgent },
        { "run.rolling_back", NoticeClass.Urgent },
        { "run.rolled_back", NoticeClass.Urgent },
        { "run.succeeded", NoticeClass.Info },
        { "deployment.completed", NoticeClass.Info },
        { "breakglass.used", NoticeClass.Urgent },
        { "retrospective.due", NoticeClass.Actionable },
        { "retrospective.overdue", NoticeClass.Actionable },
        { "control.exception", NoticeClass.Digest },
        { "drift.detected", NoticeClass.Digest },
        { "unmanaged.found", NoticeClass.Urgent },
        { "incident.suspected", NoticeClass.Actionable },
        { "review.due", NoticeClass.Digest },
        { "improvement.proposed", NoticeClass.Digest },
        { "improvement.decided", NoticeClass.Digest },
        { "improvement.delivered", NoticeClass.Digest },
        { "improvement.evaluated", NoticeClass.Digest },
    };

    [Theory, MemberData(nameof(AppendixD))]
    public void Has_every_event_of_the_specification_that_can_happen_with_its_class_and_whom_it_tells(string name, NoticeClass noticeClass)
    {
        var type = EventTypes.Find(name).ShouldNotBeNull();

        type.Class.ShouldBe(noticeClass);
        type.Tells.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("model.suspended", Audience.ModelUsers)]
    [InlineData("model.deprecated", Audience.ModelOwner)] // its users hear of the version that stands in its place, at the same moment
    [InlineData("alignment.objected", Audience.Planners, Audience.DeploymentManagers)]
    [InlineData("deployment.scheduled", Audience.Planners, Audience.Assigned, Audience.Parties, Audience.ClashOwners)]
    [InlineData("freeze.lifted", Audience.Planners)]
    [InlineData("run.waiting", Audience.Named, Audience.Assigned, Audience.Planners, Audience.Unblockers)]
    [InlineData("run.halted", Audience.Named, Audience.Planners, Audience.DeploymentManagers, Audience.ServiceOwnersIfLive)]
    [InlineData("run.rolling_back", Audience.Named, Audience.Planners, Audience.DeploymentManagers, Audience.ReleaseManagers, Audience.Parties, Audience.ServiceOwnersIfLive)]
    [InlineData("run.rolled_back", Audience.Named, Audience.Planners, Audience.DeploymentManagers, Audience.ReleaseManagers, Audience.Parties, Audience.ServiceOwnersIfLive)]
    [InlineData("deployment.completed", Audience.Planners, Audience.Parties)]
    [InlineData("breakglass.used", Audience.DeploymentManagers, Audience.ApproverGroup, Audience.Auditors, Audience.ServiceOwners)]
    [InlineData("control.exception", Audience.Planners, Audience.DeploymentManagers, Audience.Auditors)]
    [InlineData("unmanaged.found", Audience.EnvironmentOwners, Audience.DeploymentManagers)]
    public void Tells_whom_the_row_of_the_specification_names(string type, params Audience[] tells) => EventTypes.Find(type)!.Tells.ShouldBe(tells);

    [Fact]
    public void Tells_nobody_by_default_that_a_record_is_closed() => EventTypes.Find("deployment.closed")!.Tells.ShouldBeEmpty();

    [Fact]
    public void Has_each_name_once_and_short_enough_to_be_stored()
    {
        EventTypes.Names.ShouldBeUnique();
        EventTypes.Names.ShouldAllBe(name => name.Length <= 40 && !name.Any(char.IsUpper));
    }

    /// <summary>The kinds that parts of the product append, agreed among them.</summary>
    [Theory]
    [InlineData("Submit"), InlineData("Approve"), InlineData("Reject"), InlineData("Recall"), InlineData("Reschedule"), InlineData("Cancel"), InlineData("Authorise"), InlineData("Expire"), InlineData("Close")]
    [InlineData("CallApprover"), InlineData("BreakGlass"), InlineData("ApproveLate"), InlineData("DelegateApproval"), InlineData("EscalateApproval"), InlineData("ExpireApproval"), InlineData("ChangeRisk"), InlineData("ApproveByChange")]
    [InlineData("HoldByFreeze"), InlineData("RequestException"), InlineData("GrantException"), InlineData("RefuseException"), InlineData("VoidException"), InlineData("ExpireException"), InlineData("UseException"), InlineData("TakeReserved"), InlineData("LoseReserved"), InlineData("NoticeHabit"), InlineData("LeaveWindow")]
    [InlineData("HoldStart"), InlineData("MeetCondition"), InlineData("LoseCondition"), InlineData("AcceptClash"), InlineData("ExtendSlot"), InlineData("Migrate"), InlineData("MissRetrospective")]
    [InlineData("RequestAlignment"), InlineData("AnswerAlignment"), InlineData("ObjectToAlignment"), InlineData("OverrideObjection"), InlineData("MissAlignmentDeadline"), InlineData("MissSlot"), InlineData("AssignPeople"), InlineData("LiftFreeze")]
    public void Knows_every_kind_of_what_happens_to_a_deployment(string kind)
    {
        var types = ToldEvents.Of(Happened(kind, DeploymentStatus.InReview)).ToList();

        types.ShouldNotBeEmpty();
        types.ShouldAllBe(type => EventTypes.Find(type) != null);
    }

    /// <summary>Read from the source, so that a new kind is either told or left out on purpose.</summary>
    [Fact]
    public void Every_kind_that_a_deployment_appends_is_told_or_named_as_silent()
    {
        var written = Directory.GetFiles(Path.Combine(Written.Root, "src", "DeployHub.Domain", "Deployments"), "Deployment.*.cs").Append(Path.Combine(Written.Root, "src", "DeployHub.Domain", "Deployments", "Deployment.cs"))
            .SelectMany(file => Regex.Matches(File.ReadAllText(file), """Append\(\s*(?:[^",;]*\?\s*)?"(\w+)"(?:\s*:\s*"(\w+)")?"""))
            .SelectMany(match => match.Groups.Values.Skip(1)).Where(kind => kind.Success).Select(kind => kind.Value).Distinct().ToList();
        written.ShouldContain("HoldStart");
        written.ShouldContain("LoseCondition");
        written.Count.ShouldBeGreaterThan(20);

        foreach (var kind in written.Union(Enum.GetNames<DeploymentTrigger>()))
            ToldEvents.Silent.Contains(kind).ShouldBe(!ToldEvents.Of(Happened(kind, DeploymentStatus.InReview)).Any(), kind);
    }

    [Fact]
    public void Every_move_of_a_campaign_is_told() => Enum.GetValues<CampaignTrigger>().Select(ToldEvents.Of).ShouldAllBe(type => EventTypes.Find(type) != null);

    [Theory]
    [InlineData("HoldStart", "deployment.start_held", Audience.Planners, Audience.Assigned)]
    [InlineData("CallApprover", "approval.called", Audience.Called)]
    [InlineData("MissRetrospective", "retrospective.overdue", Audience.Approvers, Audience.DeploymentManagers)]
    [InlineData("AssignPeople", "deployment.assigned", Audience.Planners, Audience.Assigned)]
    [InlineData("VoidException", "exception.voided", Audience.Planners, Audience.ApproverGroup)]
    public void Tells_whom_it_is_about(string kind, string type, params Audience[] tells)
    {
        ToldEvents.Of(Happened(kind, DeploymentStatus.Scheduled)).ShouldBe([type]);
        EventTypes.Find(type)!.Tells.ShouldBe(tells);
    }

    [Theory]
    [InlineData("Create"), InlineData("Edit"), InlineData("SomethingOfTomorrow")]
    public void A_kind_that_it_does_not_know_tells_nobody(string kind) => ToldEvents.Of(Happened(kind, DeploymentStatus.Draft)).ShouldBeEmpty();

    [Theory]
    [InlineData("EditMaterial", DeploymentStatus.InReview, "approval.voided,deployment.submitted")]
    [InlineData("EditMaterial", DeploymentStatus.Scheduled, "approval.voided")]
    [InlineData("WithdrawApproval", DeploymentStatus.InReview, "approval.decided,deployment.submitted")]
    [InlineData("Recall", DeploymentStatus.Draft, "approval.voided")]
    public void Asks_for_approval_anew_where_somebody_has_to_give_it(string kind, DeploymentStatus became, string types) =>
        string.Join(',', ToldEvents.Of(Happened(kind, became))).ShouldBe(types);

    [Theory]
    [InlineData(null, ModelVersionStatus.Draft, null)]
    [InlineData(null, ModelVersionStatus.Published, "model.published")]
    [InlineData(ModelVersionStatus.Tested, ModelVersionStatus.Published, "model.published")]
    [InlineData(ModelVersionStatus.Published, ModelVersionStatus.Suspended, "model.suspended")]
    [InlineData(ModelVersionStatus.Suspended, ModelVersionStatus.Published, "model.resumed")]
    [InlineData(ModelVersionStatus.Published, ModelVersionStatus.Deprecated, "model.deprecated")]
    [InlineData(ModelVersionStatus.Deprecated, ModelVersionStatus.Retired, "model.retired")]
    [InlineData(ModelVersionStatus.Draft, ModelVersionStatus.Discarded, null)]
    public void Says_what_becomes_of_a_model(ModelVersionStatus? was, ModelVersionStatus became, string? type) => ToldEvents.Of(was, became).ShouldBe(type);

    [Fact]
    public void Says_of_an_improvement_what_its_proposer_waits_for() =>
        Enum.GetValues<ImprovementStatus>().Select(ToldEvents.Of).ShouldBe(
            ["improvement.proposed", null, "improvement.decided", "improvement.decided", "improvement.decided", null, "improvement.delivered", "improvement.evaluated"]);

    [Fact]
    public void Every_state_of_a_run_that_it_reaches_after_its_start_is_told() =>
        Enum.GetValues<RunStatus>().Where(status => status is not RunStatus.Queued)
            .Select(status => ToldEvents.Of(RunEvent.Of(RunId.New(), 2, RunEvent.OfRun, status.ToString(), "", Actor.System, Now), Now.AddMinutes(-1)))
            .ShouldAllBe(type => EventTypes.Find(type!) != null);

    private static DeploymentEvent Happened(string kind, DeploymentStatus became)
    {
        var happened = (DeploymentEvent)Activator.CreateInstance(typeof(DeploymentEvent), nonPublic: true)!;
        Set(nameof(DeploymentEvent.Kind), kind);
        Set(nameof(DeploymentEvent.Became), became);
        return happened;

        void Set(string property, object value) => typeof(DeploymentEvent).GetProperty(property, BindingFlags.Public | BindingFlags.Instance)!.SetValue(happened, value);
    }
}
