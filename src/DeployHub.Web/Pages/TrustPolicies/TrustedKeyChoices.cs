using DeployHub.Domain.Inventory;
using DeployHub.Features.Inventory;
using Mediator;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace DeployHub.Web.Pages.TrustPolicies;

internal static class TrustedKeyChoices
{
    /// <summary>Revoked keys sign nothing any more, so no policy names them anew.</summary>
    public static async Task<IReadOnlyList<SelectListItem>> TrustedKeysAsync(this ISender sender, CancellationToken cancellationToken) =>
        [.. (await sender.Send(new ListTrustedKeys(Limit: 200), cancellationToken)).Rows.Where(key => key.State is not TrustedKeyState.Revoked).Select(key => new SelectListItem($"{key.Name} ({key.Key})", key.Key))];
}
