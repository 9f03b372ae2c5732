namespace DeployHub.Domain.Notifications;

/// <summary>How soon somebody has to hear of something (domain §8.4, Appendix D).</summary>
public enum NoticeClass
{
    Urgent,

    /// <summary>Somebody is asked to do or to decide something.</summary>
    Actionable,
    Info,

    /// <summary>Is read when there is time: once a day is enough.</summary>
    Digest,
}
