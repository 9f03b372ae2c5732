namespace DeployHub.Domain.Notifications;

/// <summary>How the connection to a mail server is kept from others.</summary>
public enum MailTls
{
    /// <summary>It begins in the clear and is encrypted before anything is said, usually on port 587.</summary>
    StartTls,

    /// <summary>Encrypted from the first byte, usually on port 465.</summary>
    FromTheBeginning,

    /// <summary>For a server on the same machine only.</summary>
    None,
}
