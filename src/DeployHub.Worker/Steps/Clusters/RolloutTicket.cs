using System.Text.Json;

namespace DeployHub.Worker.Steps.Clusters;

/// <summary>What is waited for, since when, and what the log said last of it.</summary>
internal sealed record RolloutTicket(DateTimeOffset Since, IReadOnlyList<RolloutTicket.Thing> Things, IReadOnlyList<string> Images)
{
    public sealed record Thing(string Called, string Path, string Uid, string ResourceVersion, long? Generation, bool IsWaitedFor, string Said = "")
    {
        public string Evidence => $"uid {Uid}, resource version {ResourceVersion}{(Generation is { } generation ? $", generation {generation}" : "")}";
    }

    public static RolloutTicket Of(string text) => JsonSerializer.Deserialize<RolloutTicket>(text)!;

    public override string ToString() => JsonSerializer.Serialize(this);
}
