using static DeployHub.Domain.Notifications.Audience;

namespace DeployHub.Domain.Notifications;

/// <summary>
/// The catalogue: everything that somebody is told of, with its public name, its class and whom it concerns (domain Appendix D). Ours beyond that:
/// <c>run.resumed</c> and <c>run.ended</c>, for who shows halts elsewhere has to hear that one is over; <c>model.resumed</c> and <c>model.retired</c>
/// for the same reason; <c>approval.called</c>, which pages emergency approvers in their order; what concerns acknowledgements, campaigns and webhooks; what partners are reminded of and told before a start; and the ends of
/// what Appendix D begins.
/// </summary>
public static class EventTypes
{
    /// <summary>Sent on request only, to try a receiver.</summary>
    public const string Test = "webhook.test";

    /// <summary>Sent on request only, to try the mail server.</summary>
    public const string MailTest = "mail.test";

    /// <summary>Sent to a person's own chat, to see whether it arrives.</summary>
    public const string ChatTest = "chat.test";

    /// <summary>What a day brought, in one mail.</summary>
    public const string DailyDigest = "digest.daily";

    /// <summary>A difference that nobody knew before.</summary>
    public const string DriftDetected = "drift.detected";

    /// <summary>A version change on a live environment that no run explains has a record.</summary>
    public const string UnmanagedFound = "unmanaged.found";

    /// <summary>A model has a new version in use.</summary>
    public const string ModelPublished = "model.published";

    /// <summary>Somebody has to say that they know of a new version.</summary>
    public const string PublicationToAcknowledge = "model.acknowledgement_due";

    /// <summary>Readers have yet to confirm, and are reminded of it.</summary>
    public const string AcknowledgementDue = "acknowledgement.due";

    /// <summary>A block of the step library has a new version.</summary>
    public const string BlockPublished = "block.published";

    public const string ReviewDue = "review.due";

    public const string ReviewOverdue = "review.overdue";

    public const string ImprovementOverdue = "improvement.overdue";

    /// <summary>Somebody wrote about something.</summary>
    public const string CommentWritten = "comment.written";

    /// <summary>Somebody named others in what they wrote.</summary>
    public const string CommentMentioned = "comment.mentioned";

    public const string RunHalted = "run.halted";

    public const string RunWaiting = "run.waiting";

    /// <summary>A run has another operator.</summary>
    public const string TakenOver = "run.taken_over";

    /// <summary>Somebody is not named for a plan any more.</summary>
    public const string Unassigned = "deployment.unassigned";

    public const string BreakGlassUsed = "breakglass.used";

    /// <summary>A deployment may have caused an incident, and nobody has decided yet.</summary>
    public const string IncidentSuspected = "incident.suspected";

    /// <summary>Nobody has decided about that for five working days.</summary>
    public const string IncidentUndecided = "incident.undecided";

    /// <summary>An emergency approver is called, each in their turn.</summary>
    public const string ApproverCalled = "approval.called";

    /// <summary>DeployHub found that a control did not hold.</summary>
    public const string ControlExceptionRaised = "control.exception";

    /// <summary>Nothing more is sent to a webhook, and no person wanted that.</summary>
    public const string WebhookDisabled = "webhook.disabled";

    /// <summary>A campaign waits for somebody's go.</summary>
    public const string CampaignToDecide = "campaign.go_needed";

    /// <summary>A plan changed after the go.</summary>
    public const string CampaignGoLost = "campaign.go_lost";

    /// <summary>So many did not succeed that nothing further of a campaign starts.</summary>
    public const string CampaignHeld = "campaign.held";

    /// <summary>An organisation is asked to agree.</summary>
    public const string AlignmentRequested = "alignment.requested";

    /// <summary>An organisation has yet to answer, and its deadline is near.</summary>
    public const string AlignmentReminder = "alignment.reminder";

    /// <summary>Somebody with an account is asked for an organisation from now on.</summary>
    public const string NamedAsContact = "organisation.contact_named";

    /// <summary>Two people go on against the objection of an organisation.</summary>
    public const string AlignmentOverridden = "alignment.overridden";

    /// <summary>Approvals count no more; where the plan was recalled, it is a draft again.</summary>
    public const string ApprovalVoided = "approval.voided";

    public const string DeploymentRescheduled = "deployment.rescheduled";

    public const string DeploymentCancelled = "deployment.cancelled";

    public const string DeploymentExpired = "deployment.expired";

    /// <summary>What others were asked about starts within the hour.</summary>
    public const string DeploymentStarting = "deployment.starting";

    public const string DeploymentCompleted = "deployment.completed";

    public const string DeploymentSubmitted = "deployment.submitted";

    public const string ApprovalDecided = "approval.decided";

    public const string ApprovalExpiring = "approval.expiring";

    public const string RunStarted = "run.started";

    public const string PhasePromoted = "run.phase_promoted";

    public const string ImprovementDecided = "improvement.decided";

    /// <summary>What a webhook may ask for and a person may be told of, in the order in which it is shown.</summary>
    public static IReadOnlyList<EventType> All { get; } =
    [
        new(DeploymentSubmitted, NoticeClass.Actionable, "a plan asks for approval", Approvers),
        new(ApprovalDecided, NoticeClass.Info, "somebody approved or rejected a plan, or took an approval back", Planners),
        new(ApprovalVoided, NoticeClass.Info, "approvals count no more, since the plan changed or their time ran out", PreviousApprovers, Planners),
        new(ApprovalExpiring, NoticeClass.Actionable, "an approval is passed on, or its time runs out", Approvers, Planners),
        new(ApproverCalled, NoticeClass.Urgent, "an emergency calls its approvers one after the other", Called),
        new(AlignmentRequested, NoticeClass.Actionable, "others are asked whether a plan suits them", Stakeholders),
        new("alignment.answered", NoticeClass.Info, "somebody agreed to a plan", Planners),
        new("alignment.objected", NoticeClass.Actionable, "somebody objects to a plan", Planners, DeploymentManagers),
        new(AlignmentOverridden, NoticeClass.Info, "an objection was overridden", Planners, Stakeholders),
        new(AlignmentReminder, NoticeClass.Actionable, "somebody has yet to answer, and the deadline is near", Planners),
        new("alignment.deadline", NoticeClass.Actionable, "somebody did not answer in time", Planners),
        new(NamedAsContact, NoticeClass.Info, "somebody with an account is named as a contact of an organisation", Named),
        new("deployment.scheduled", NoticeClass.Info, "a plan is authorised", Planners, Assigned, Parties, ClashOwners),
        new(DeploymentRescheduled, NoticeClass.Info, "a deployment has another slot", Planners, Assigned, Parties, ClashOwners),
        new(DeploymentCancelled, NoticeClass.Info, "a deployment will not happen", Planners, Assigned, Parties, ClashOwners),
        new(DeploymentExpired, NoticeClass.Info, "a plan was not started in time", Planners),
        new(DeploymentStarting, NoticeClass.Info, "what others were asked about starts within the hour", Assigned, Parties),
        new("deployment.start_held", NoticeClass.Actionable, "a plan should have started by itself and could not", Planners, Assigned),
        new("deployment.slot_missed", NoticeClass.Actionable, "a slot passed without a start", Planners),
        new("deployment.assigned", NoticeClass.Info, "a plan names its people", Planners, Assigned),
        new(Unassigned, NoticeClass.Info, "somebody is taken off a plan", Named),
        new("deployment.risk_changed", NoticeClass.Info, "the risk of a plan was judged anew", Planners),
        new(DeploymentCompleted, NoticeClass.Info, "a deployment is over", Planners, Parties),
        new("deployment.closed", NoticeClass.Info, "the record of a deployment is closed"),
        new("deployment.model_changed", NoticeClass.Info, "a plan uses a model that has a newer version", Planners),
        new("change.authorised", NoticeClass.Info, "the change that a plan names is authorised in its tool", Planners, Assigned),
        new("change.not_authorised", NoticeClass.Actionable, "the change that a plan names is not authorised any more", Planners, Assigned),
        new("condition.met", NoticeClass.Info, "a condition of an agreement or of an exception is met", Planners),
        new("condition.lost", NoticeClass.Actionable, "a plan does not meet a condition any more", Planners),
        new("clash.accepted", NoticeClass.Info, "somebody lives with a clash of two deployments", Planners),
        new("freeze.declared", NoticeClass.Actionable, "a freeze holds a plan back", Planners),
        new("freeze.lifted", NoticeClass.Actionable, "a freeze that held a plan back is lifted", Planners),
        new("exception.requested", NoticeClass.Actionable, "a plan asks for an exception from a freeze", ApproverGroup),
        new("exception.granted", NoticeClass.Actionable, "an exception is granted", Planners),
        new("exception.refused", NoticeClass.Actionable, "an exception is refused", Planners),
        new("exception.voided", NoticeClass.Actionable, "an exception counts no more", Planners, ApproverGroup),
        new("exception.expired", NoticeClass.Actionable, "an exception was not used in time", Planners),
        new("exception.used", NoticeClass.Info, "a run started under an exception", Planners, DeploymentManagers),
        new("exception.slot_lost", NoticeClass.Actionable, "the slot that was reserved in case of a no cannot be had any more", Planners),
        new("exception.habit", NoticeClass.Info, "a service passes freezes again and again", ReleaseManagers, Planners),
        new(BreakGlassUsed, NoticeClass.Urgent, "somebody started without the usual approvals", DeploymentManagers, ApproverGroup, Auditors, ServiceOwners),
        new("retrospective.due", NoticeClass.Actionable, "approval is owed for what was started without", Approvers),
        new("retrospective.overdue", NoticeClass.Actionable, "approval that is owed was not given in time", Approvers, DeploymentManagers),
        new(ControlExceptionRaised, NoticeClass.Digest, "a control did not hold, and DeployHub found it by itself", Planners, DeploymentManagers, Auditors),
        new(CampaignToDecide, NoticeClass.Actionable, "a campaign waits for a go", DeploymentManagers, ApproverGroup),
        new("campaign.go", NoticeClass.Info, "a campaign has the go", Named),
        new(CampaignGoLost, NoticeClass.Actionable, "a plan changed after the go for its campaign", Named, DeploymentManagers),
        new("campaign.no_go", NoticeClass.Actionable, "somebody decided against a campaign", Named),
        new(CampaignHeld, NoticeClass.Actionable, "so many did not succeed that nothing further of a campaign starts", Named, DeploymentManagers),
        new("campaign.paused", NoticeClass.Actionable, "a campaign is paused", Named),
        new("campaign.resumed", NoticeClass.Info, "a campaign goes on", Named),
        new("campaign.completed", NoticeClass.Info, "every deployment of a campaign is over", Named),
        new("campaign.cancelled", NoticeClass.Info, "a campaign is given up", Named),
        new(RunStarted, NoticeClass.Info, "a worker took the run", Named, Planners),
        new(RunWaiting, NoticeClass.Actionable, "it waits for a person, a report, a lock, a promotion", Named, Assigned, Planners, Unblockers),
        new(PhasePromoted, NoticeClass.Info, "a phase is promoted", Named, Planners),
        new(RunHalted, NoticeClass.Urgent, "it stands still until somebody decides", Named, Planners, DeploymentManagers, ServiceOwnersIfLive),
        new("run.resumed", NoticeClass.Info, "it goes on after either", Named),
        new("run.rolling_back", NoticeClass.Urgent, "it leads back", Named, Planners, DeploymentManagers, ReleaseManagers, Parties, ServiceOwnersIfLive),
        new("run.rolled_back", NoticeClass.Urgent, "it has led back", Named, Planners, DeploymentManagers, ReleaseManagers, Parties, ServiceOwnersIfLive),
        new("run.succeeded", NoticeClass.Info, "it is through", Named, Planners),
        new("run.ended", NoticeClass.Info, "a person ended it", Named, Planners),
        new(TakenOver, NoticeClass.Info, "somebody operates it in another person's place", Named, Planners),
        new(AcknowledgementDue, NoticeClass.Actionable, "readers are reminded: how many have yet to confirm, and by when", Named),
        new(DriftDetected, NoticeClass.Digest, "a target differs from what is desired there, and nobody knew", EnvironmentOwners, DeploymentManagers),
        new(UnmanagedFound, NoticeClass.Urgent, "somebody confirmed a version on a live target that no run had brought", EnvironmentOwners, DeploymentManagers),
        new(IncidentSuspected, NoticeClass.Actionable, "a deployment may have caused an incident, and somebody has to confirm or reject that", Named, Assigned, DeploymentManagers),
        new(IncidentUndecided, NoticeClass.Actionable, "nobody has said for 5 working days whether a deployment caused an incident", Named, Assigned, DeploymentManagers),
        new(ModelPublished, NoticeClass.Digest, "plans are made with a new version of a deployment model from now on", Readers),
        new(PublicationToAcknowledge, NoticeClass.Actionable, "somebody is asked, or reminded, to acknowledge a new version of a model", Named),
        new("model.suspended", NoticeClass.Urgent, "no new run starts with a version of a model until somebody resumes it", ModelUsers),
        new("model.resumed", NoticeClass.Info, "runs may start with it again", ModelUsers),
        new("model.deprecated", NoticeClass.Digest, "a newer version stands in its place", ModelOwner),
        new("model.retired", NoticeClass.Digest, "nobody uses a version any more", ModelOwner),
        new(BlockPublished, NoticeClass.Digest, "a block that models name has a new version", Named),
        new(ReviewDue, NoticeClass.Digest, "a review is due", Named, DeploymentManagers),
        new(ReviewOverdue, NoticeClass.Digest, "a review was not closed in time", DeploymentManagers),
        new("improvement.proposed", NoticeClass.Digest, "somebody proposes to change a model", DeploymentManagers),
        new(ImprovementDecided, NoticeClass.Digest, "an improvement is accepted, declined or merged", Named),
        new("improvement.delivered", NoticeClass.Digest, "an improvement is in use", Named),
        new("improvement.evaluated", NoticeClass.Digest, "it is known what an improvement brought", Named),
        new(CommentWritten, NoticeClass.Info, "somebody writes about a deployment, a halt or a review", Planners),
        new(CommentMentioned, NoticeClass.Actionable, "somebody names others in a comment", Named, Planners),
        new(ImprovementOverdue, NoticeClass.Digest, "nobody has decided about an improvement for 30 days", DeploymentManagers),
        new(WebhookDisabled, NoticeClass.Actionable, "a receiver of messages could not be reached, and gets none any more", Administrators),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(type => type.Name)];

    /// <summary>Null for what is sent on request only.</summary>
    public static EventType? Find(string name) => All.FirstOrDefault(type => type.Name == name);
}
