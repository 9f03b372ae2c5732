namespace DeployHub.Domain.Notifications;

/// <summary>What came of handing a mail to a mail server.</summary>
public enum MailAnswer
{
    Taken,

    /// <summary>The server is not there, busy, or lets nobody in: none of it is this mail's fault.</summary>
    NotNow,

    /// <summary>The server takes this mail for nobody.</summary>
    Refused,

    /// <summary>There is no such mailbox, or it takes nothing.</summary>
    MailboxRefused,
}
