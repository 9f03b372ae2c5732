using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Runs;

namespace DeployHub.Features.Runs;

/// <summary>An evidence file, kept once for a run and named by its digest.</summary>
public sealed class StoredEvidence
{
    private StoredEvidence() { }

    public RunId RunId { get; private init; }

    public Digest Digest { get; private init; }

    public string Name { get; private init; } = "";

    public byte[] Content { get; private init; } = [];

    public Actor By { get; private init; } = Actor.System;

    public DateTimeOffset At { get; private init; }

    internal static StoredEvidence Of(RunId run, EvidenceFile file, Actor by, DateTimeOffset at) =>
        new() { RunId = run, Digest = Digest.OfBytes(file.Content), Name = file.Name, Content = file.Content, By = by, At = at };
}
