using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models;

namespace DeployHub.Domain.Notifications;

/// <summary>
/// Something that somebody is to be told of. It is stored in the transaction in which it happened (domain CR-5); who that is, is looked up a
/// moment later, so that no deployment waits for it.
/// </summary>
public sealed class Happening
{
    public const int LongestSubject = 64;

    /// <summary>After so many tries in vain, an hour in all, it is set aside until somebody asks for it again.</summary>
    public const int MostTries = 12;

    public const int LongestTrouble = 500;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(10), LongestPause = TimeSpan.FromMinutes(10);

    private Happening() { }

    public HappeningId Id { get; private init; }

    /// <summary>Grows from one to the next.</summary>
    public long Number { get; private init; }

    /// <summary>The name of one of <see cref="EventTypes.All"/>.</summary>
    public string Type { get; private init; } = "";

    public NoticeClass Class { get; private init; }

    /// <summary>What it is about, such as the name of a run.</summary>
    public string Subject { get; private init; } = "";

    /// <summary>What happened, for people.</summary>
    public string Sentence { get; private init; } = "";

    /// <summary>The page that shows it.</summary>
    public string Path { get; private init; } = "";

    public Actor By { get; private init; } = Actor.System;

    public DateTimeOffset At { get; private init; }

    public DeploymentId? DeploymentId { get; private init; }

    public ModelId? ModelId { get; private init; }

    public ModelVersionId? ModelVersionId { get; private init; }

    /// <summary>Key of the service; null where it belongs to none, and where its deployment says which.</summary>
    public string? Service { get; private init; }

    /// <summary>Key of the environment; null where it belongs to none, and where its deployment says which.</summary>
    public string? Environment { get; private init; }

    public bool IsLive { get; private init; }

    /// <summary>Ids of the accounts that <see cref="Audience.Named"/> stands for.</summary>
    public IReadOnlyList<string> People { get; private init; } = [];

    /// <summary>What other systems are told besides, each by its name.</summary>
    public IReadOnlyDictionary<string, object?> Data { get; private init; } = new Dictionary<string, object?>();

    /// <summary>What may happen once only, such as that a review becomes overdue; null for everything else.</summary>
    public string? Once { get; private init; }

    /// <summary>When somebody passes it on; null once that is done.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    /// <summary>How often it could not be passed on.</summary>
    public int Tries { get; private set; }

    /// <summary>Since when nobody tries any more by themselves; null for everything else.</summary>
    public DateTimeOffset? SetAsideAt { get; private set; }

    /// <summary>What stood in its way at the last try.</summary>
    public string? Trouble { get; private set; }

    /// <param name="alignment">Number of the request that it opened; null for everything else.</param>
    public static Happening Of(DeploymentEvent happened, string type, Deployment deployment, int? alignment = null) => new()
    {
        Id = HappeningId.New(),
        Type = type,
        Class = EventTypes.Find(type)!.Class,
        Subject = deployment.Number,
        Sentence = happened.Text,
        Path = $"/deployments/{deployment.Number}",
        By = happened.By,
        At = happened.At,
        DueAt = happened.At,
        DeploymentId = deployment.Id,
        Data = alignment is null
            ? new Dictionary<string, object?> { ["status"] = happened.Became.ToString() }
            : new Dictionary<string, object?> { ["status"] = happened.Became.ToString(), ["alignment"] = alignment },
    };

    /// <param name="people">Ids of accounts that it names.</param>
    /// <param name="data">What other systems are told besides.</param>
    /// <param name="once">What tells that it happened already.</param>
    public static Happening Of(
        string type, string subject, string sentence, string path, Actor by, DateTimeOffset at, IEnumerable<string>? people = null, IReadOnlyDictionary<string, object?>? data = null,
        DeploymentId? deployment = null, ModelId? model = null, ModelVersionId? version = null, string? once = null) => new()
        {
            Id = HappeningId.New(),
            Type = type,
            Class = EventTypes.Find(type)!.Class,
            Subject = Words.Beginning(subject, LongestSubject - 2),
            Sentence = sentence,
            Path = path,
            By = by,
            At = at,
            DueAt = at,
            People = [.. (people ?? []).Distinct()],
            Data = data ?? new Dictionary<string, object?>(),
            DeploymentId = deployment,
            ModelId = model,
            ModelVersionId = version,
            Once = once,
        };

    /// <summary>Its receiver could not be reached, and nobody is told by it any more.</summary>
    public static Happening OfDisabled(Webhook webhook, DateTimeOffset at) => Of(
        EventTypes.WebhookDisabled, webhook.Key, $"The webhook {webhook.Name} is disabled and tells nobody anything until somebody enables it. {webhook.DisabledBecause}",
        $"/admin/webhooks/{webhook.Key}", Actor.System, at, data: new Dictionary<string, object?> { ["webhook"] = webhook.Key });

    /// <summary>When it is tried again after so many tries in vain: each pause is twice the one before, up to ten minutes. Null where it is set aside.</summary>
    public static DateTimeOffset? NextTry(int tries, DateTimeOffset at) =>
        tries >= MostTries ? null : at + new TimeSpan(Math.Min(ShortestPause.Ticks << Math.Min(tries - 1, 10), LongestPause.Ticks));

    /// <summary>Everybody whom it concerns has their notice, and every message is stored.</summary>
    public void PassOn() => DueAt = null;
}
