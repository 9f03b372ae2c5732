using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Analysis;
using DeployHub.Features.Data;
using DeployHub.Features.Models.Measuring;

namespace DeployHub.Features.Models.Analysis;

internal static class StandardUses
{
    /// <summary>Whether a model's figures suffice for standard changes (A-V13).</summary>
    public static async Task<StandardUse> StandardUseAsync(this DeployHubDb db, ModelId model, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now - StandardUse.Span;
        var measures = await ModelMeasures.OfAsync(db, model, null, since, now, cancellationToken);
        return StandardUse.Of(await db.NormalSuccessesAsync(model, since, cancellationToken), measures.ChangeFailure);
    }
}
