namespace DeployHub.Domain.Deployments;

/// <summary>Why a deployment exists (domain Appendix B); feeds rework.</summary>
public enum ReasonCode
{
    NewVersion,
    Configuration,
    Security,
    Maintenance,
    Capacity,
    FixIncident,
    RollForward,
    RetryAfterRollback,
    SyncBack,
    Removal,
    ModelRehearsal,
    Drill,
}
