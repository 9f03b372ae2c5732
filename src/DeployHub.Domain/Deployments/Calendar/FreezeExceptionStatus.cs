namespace DeployHub.Domain.Deployments.Calendar;

/// <summary>Domain §2.3.1.</summary>
public enum FreezeExceptionStatus
{
    Requested,
    Granted,
    Refused,

    /// <summary>The plan changed materially, so that nobody has decided about it.</summary>
    Void,

    /// <summary>Nobody started in time, or nobody decided.</summary>
    Expired,

    /// <summary>A run started with it. A second run needs a new one.</summary>
    Used,
}

public enum FreezeExceptionTrigger
{
    Grant,
    Refuse,
    Void,
    Expire,
    Use,
}
