using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Checks;

internal sealed class CheckManifestVerifier : StepExecutor<CheckManifest>
{
    protected override Task<StepOutcome> ExecuteAsync(CheckManifest settings, StepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(Verify(settings, context.Version!));

    private static StepOutcome Verify(CheckManifest settings, SubjectVersion version)
    {
        var found = ComponentVersion.DigestOf(version.Artefacts, version.Manifest);
        if (found != version.Digest) return new StepOutcome.Failed($"The content of {version.Component} {version.Label} has the digest {found}, but {version.Digest} was registered.", HaltCause.DigestMismatch);

        var missing = (settings.Required ?? []).Where(name => string.IsNullOrWhiteSpace(version.Manifest.GetValueOrDefault(name))).ToList();
        return missing.Count == 0
            ? new StepOutcome.Succeeded([new Evidence("Content digest", found.ToString()), .. version.Manifest.Select(entry => new Evidence(entry.Key, entry.Value))])
            : new StepOutcome.Failed($"The manifest of {version.Component} {version.Label} lacks {string.Join(", ", missing)}.", HaltCause.ComponentMissing);
    }
}
