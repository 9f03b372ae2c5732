namespace DeployHub.Domain.Notifications;

/// <summary>Whom an event concerns by default (domain Appendix D). Who that is, is looked up when it is told, within the service and environment that it is about.</summary>
public enum Audience
{
    /// <summary>Whom the event itself names: the operator of a run, the proposer of an improvement.</summary>
    Named,

    /// <summary>The owner of the deployment and everybody who wrote at its plan.</summary>
    Planners,

    /// <summary>Whom the plan names for the operator and the other slots of its model.</summary>
    Assigned,

    /// <summary>Whoever may do what a run waits for, where neither its operator nor anybody named for it or planning it may.</summary>
    Unblockers,

    /// <summary>Stakeholders there, where the plan needs others to agree.</summary>
    Parties,

    /// <summary>The owners of deployments that clash with it.</summary>
    ClashOwners,

    /// <summary>Whoever may give an approval that is pending, or owed after the glass was broken.</summary>
    Approvers,

    /// <summary>Whoever was called last for an emergency that still waits.</summary>
    Called,

    /// <summary>Whose approval does not count any more.</summary>
    PreviousApprovers,

    /// <summary>Every approver there.</summary>
    ApproverGroup,
    DeploymentManagers,
    ReleaseManagers,
    Auditors,
    Administrators,
    Stakeholders,
    ServiceOwners,

    /// <summary>The owners of the service, where the environment is live.</summary>
    ServiceOwnersIfLive,
    EnvironmentOwners,
    ModelOwner,

    /// <summary>Who plans with a model, ran it lately, answers for it or asked to be told (domain A6).</summary>
    ModelUsers,

    /// <summary>The audience of a publication that is not asked to acknowledge it.</summary>
    Readers,
}
