using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Campaigns;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Improving;
using DeployHub.Domain.Runs;
using static DeployHub.Domain.Notifications.EventTypes;

namespace DeployHub.Domain.Notifications;

/// <summary>What somebody is told of when something happens to a deployment, a run, a campaign, an improvement or a model: the event types of each, by their names in the catalogue.</summary>
public static class ToldEvents
{
    /// <summary>How the subjects begin under which people promote a phase.</summary>
    private const string OfPromotion = "promotion:";

    private static readonly IReadOnlyDictionary<RunStatus, string> OfRuns = new Dictionary<RunStatus, string>
    {
        [RunStatus.Running] = "run.resumed",
        [RunStatus.Waiting] = RunWaiting,
        [RunStatus.Halted] = RunHalted,
        [RunStatus.RollingBack] = "run.rolling_back",
        [RunStatus.RolledBack] = "run.rolled_back",
        [RunStatus.Succeeded] = "run.succeeded",
        [RunStatus.Ended] = "run.ended",
    };

    /// <summary>By the kind of a deployment's event. A kind that is not here stands among <see cref="Silent"/>.</summary>
    private static readonly IReadOnlyDictionary<string, string[]> OfDeployments = new Dictionary<string, string[]>
    {
        ["Submit"] = [DeploymentSubmitted],
        ["EditMaterial"] = [ApprovalVoided, DeploymentSubmitted],
        ["Recall"] = [ApprovalVoided],
        ["Approve"] = [ApprovalDecided],
        ["ApproveByChange"] = [ApprovalDecided],
        ["ApproveLate"] = [ApprovalDecided],
        ["Reject"] = [ApprovalDecided],
        ["WithdrawApproval"] = [ApprovalDecided, DeploymentSubmitted],
        ["DelegateApproval"] = [ApprovalExpiring],
        ["EscalateApproval"] = [ApprovalExpiring],
        ["CallApprover"] = [ApproverCalled],
        ["ExpireApproval"] = [ApprovalVoided],
        ["LeaveWindow"] = [ApprovalVoided, DeploymentSubmitted],
        ["Authorise"] = ["deployment.scheduled"],
        ["Reschedule"] = [DeploymentRescheduled],
        ["ExtendSlot"] = [DeploymentRescheduled],
        ["Cancel"] = [DeploymentCancelled],
        ["Expire"] = [DeploymentExpired],
        ["EndRun"] = [DeploymentCompleted],
        ["Close"] = ["deployment.closed"],
        ["BreakGlass"] = [BreakGlassUsed, "retrospective.due"],
        ["MissRetrospective"] = ["retrospective.overdue"],
        ["ChangeRisk"] = ["deployment.risk_changed"],
        ["HoldByFreeze"] = ["freeze.declared"],
        ["LiftFreeze"] = ["freeze.lifted"],
        ["RequestException"] = ["exception.requested"],
        ["GrantException"] = ["exception.granted"],
        ["RefuseException"] = ["exception.refused"],
        ["VoidException"] = ["exception.voided"],
        ["ExpireException"] = ["exception.expired"],
        ["UseException"] = ["exception.used"],
        ["TakeReserved"] = [DeploymentRescheduled],
        ["LoseReserved"] = ["exception.slot_lost"],
        ["NoticeHabit"] = ["exception.habit"],
        ["RequestAlignment"] = [AlignmentRequested],
        ["AnswerAlignment"] = ["alignment.answered"],
        ["ObjectToAlignment"] = ["alignment.objected"],
        ["OverrideObjection"] = [AlignmentOverridden],
        ["MissAlignmentDeadline"] = ["alignment.deadline"],
        ["MeetCondition"] = ["condition.met"],
        ["LoseCondition"] = ["condition.lost"],
        ["AcceptClash"] = ["clash.accepted"],
        ["HoldStart"] = ["deployment.start_held"],
        ["MissSlot"] = ["deployment.slot_missed"],
        ["AssignPeople"] = ["deployment.assigned"],
        ["Migrate"] = ["deployment.model_changed"],
        ["AuthoriseChange"] = ["change.authorised"],
        ["LoseChange"] = ["change.not_authorised"],
    };

    /// <summary>
    /// Kinds of a deployment's events that nobody is told of: what concerns its run or its campaign is told as theirs, and the rest is done by who
    /// would hear of it.
    /// </summary>
    public static IReadOnlySet<string> Silent { get; } = new HashSet<string>
    {
        "Create", "Edit", "Prioritise", "PlanResidual", "LeaveOut", "JoinCampaign", "LeaveCampaign", "PassGates",
        "StartRun", "StartByItself", "Halt", "Resume", "Postpone", "ReplaceComponent",
    };

    private static readonly Dictionary<CampaignTrigger, string> OfCampaigns = new()
    {
        [CampaignTrigger.Go] = "campaign.go",
        [CampaignTrigger.NoGo] = "campaign.no_go",
        [CampaignTrigger.Pause] = "campaign.paused",
        [CampaignTrigger.Resume] = "campaign.resumed",
        [CampaignTrigger.Complete] = "campaign.completed",
        [CampaignTrigger.Cancel] = "campaign.cancelled",
    };

    private static readonly IReadOnlyDictionary<ImprovementStatus, string> OfImprovements = new Dictionary<ImprovementStatus, string>
    {
        [ImprovementStatus.Proposed] = "improvement.proposed",
        [ImprovementStatus.Accepted] = ImprovementDecided,
        [ImprovementStatus.Declined] = ImprovementDecided,
        [ImprovementStatus.Merged] = ImprovementDecided,
        [ImprovementStatus.Delivered] = "improvement.delivered",
        [ImprovementStatus.Evaluated] = "improvement.evaluated",
    };

    /// <summary>Null for what nobody is told of: a change of a step, a target.</summary>
    /// <param name="startedAt">When its run began.</param>
    public static string? Of(RunEvent happened, DateTimeOffset? startedAt)
    {
        if (happened.Subject.StartsWith(RunEvent.OfReminder, StringComparison.Ordinal)) return AcknowledgementDue;
        if (happened.Subject == RunEvent.OfOperator) return EventTypes.TakenOver;
        if (happened.Subject.StartsWith(OfPromotion, StringComparison.Ordinal)) return happened.Became == "Promoted" ? PhasePromoted : null;
        if (happened.Subject != RunEvent.OfRun || !Enum.TryParse<RunStatus>(happened.Became, out var became)) return null;

        return became is RunStatus.Running && happened.At == startedAt ? RunStarted : OfRuns.GetValueOrDefault(became);
    }

    /// <summary>Nobody is asked to approve what is authorised already, or is a draft again.</summary>
    public static IEnumerable<string> Of(DeploymentEvent happened) =>
        OfDeployments.GetValueOrDefault(happened.Kind, []).Where(type => type != DeploymentSubmitted || happened.Became is DeploymentStatus.InReview);

    public static string Of(CampaignTrigger moved) => OfCampaigns[moved];

    /// <summary>Null while an improvement is only assessed or worked on.</summary>
    public static string? Of(ImprovementStatus became) => OfImprovements.GetValueOrDefault(became);

    /// <summary>Null for what happens to a version before anybody uses it.</summary>
    public static string? Of(ModelVersionStatus? was, ModelVersionStatus became) => became switch
    {
        ModelVersionStatus.Tested => ModelTested,
        ModelVersionStatus.Published when was is ModelVersionStatus.Suspended => "model.resumed",
        ModelVersionStatus.Published => ModelPublished,
        ModelVersionStatus.Suspended => "model.suspended",
        ModelVersionStatus.Deprecated => "model.deprecated",
        ModelVersionStatus.Retired => "model.retired",
        _ => null,
    };
}
