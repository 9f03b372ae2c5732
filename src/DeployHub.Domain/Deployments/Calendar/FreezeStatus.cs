namespace DeployHub.Domain.Deployments.Calendar;

/// <summary>Domain §2.3.1.</summary>
public enum FreezeStatus
{
    Declared,

    /// <summary>It has begun. Between the times of a recurring one it stays active, though nothing is frozen.</summary>
    Active,

    /// <summary>Its time is over.</summary>
    Ended,

    /// <summary>Somebody took it back.</summary>
    Lifted,
}

public enum FreezeTrigger
{
    Begin,
    End,
    Lift,
}
