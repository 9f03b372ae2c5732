namespace DeployHub.Domain.Comments;

public enum WatchSubject
{
    /// <summary>By its number.</summary>
    Deployment,

    /// <summary>Everything that is deployed of it, by its key.</summary>
    Service,
}

/// <summary>Somebody asked to be told what happens to a deployment, or to all of a service.</summary>
public sealed class Watch
{
    private Watch() { }

    public WatchSubject Subject { get; private init; }

    public string Key { get; private init; } = "";

    /// <summary>The account.</summary>
    public Guid Person { get; private init; }

    public DateTimeOffset At { get; private init; }

    public static Watch Of(WatchSubject subject, string key, Guid person, DateTimeOffset at) => new() { Subject = subject, Key = key, Person = person, At = at };
}
