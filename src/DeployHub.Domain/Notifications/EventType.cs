namespace DeployHub.Domain.Notifications;

/// <summary>Something that people and other systems are told of.</summary>
/// <param name="Name">Its public name, such as <c>run.halted</c>.</param>
/// <param name="Class">Unless the event itself is more urgent.</param>
/// <param name="When">What happened, to be read after “when”.</param>
/// <param name="Tells">Whom it concerns by default; empty for what only other systems ask for.</param>
public sealed record EventType(string Name, NoticeClass Class, string When, params Audience[] Tells);
