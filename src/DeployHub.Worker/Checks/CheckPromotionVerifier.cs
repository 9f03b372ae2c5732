using DeployHub.Domain;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments;
using DeployHub.Worker.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DeployHub.Worker.Checks;

/// <summary>Looks for a deployment of the same content that succeeded in the environment before.</summary>
internal sealed class CheckPromotionVerifier(IServiceScopeFactory scopes) : StepExecutor<CheckPromotion>
{
    protected override async Task<StepOutcome> ExecuteAsync(CheckPromotion settings, StepContext context, CancellationToken cancellationToken)
    {
        if (settings.From.Length == 0) return new StepOutcome.Succeeded([new Evidence("Promotion", "Not needed: by its policy, versions may come here first")]);

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeployHubDb>();
        var version = context.Version!;
        if (await db.LatestSuccessAsync(version.Component, version.Digest, settings.From, cancellationToken) is { } success)
            return new StepOutcome.Succeeded([new Evidence($"Succeeded in {settings.From}", $"{success.Deployment} on {success.At:u} ({Words.Of(success.Outcome)}), {version.Digest}")]);

        return await db.Environments.AnyAsync(environment => environment.Key == settings.From, cancellationToken)
            ? new StepOutcome.Failed($"{version.Component} {version.Label} ({version.Digest}) has not succeeded in {settings.From}. Deploy it there first, or let an approver accept it with a waiver.", HaltCause.PromotionEvidenceMissing)
            : new StepOutcome.Failed($"No environment has the key “{settings.From}”, so nothing can have succeeded there. Correct it in the model.", HaltCause.PromotionEvidenceMissing);
    }
}
