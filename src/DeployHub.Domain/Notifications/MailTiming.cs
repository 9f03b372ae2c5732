namespace DeployHub.Domain.Notifications;

/// <summary>When somebody gets a mail about something of a class.</summary>
public enum MailTiming
{
    AtOnce,

    /// <summary>With everything else of the day, at 08:00 of their own clock.</summary>
    OnceADay,

    /// <summary>It stands among the notices in the product only.</summary>
    Never,
}
