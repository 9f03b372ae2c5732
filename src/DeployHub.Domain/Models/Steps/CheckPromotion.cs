namespace DeployHub.Domain.Models.Steps;

/// <summary>
/// The same content has succeeded in the environment before (domain §2.2.2 B2). Where an environment's policy names its promotion source, every
/// run looks, whether its model asks for it or not.
/// </summary>
/// <param name="From">Key of the environment before; the policy's promotion source unless told.</param>
public sealed record CheckPromotion(string From = CheckPromotion.Policy) : ComponentCheck
{
    private const string Policy = $"${{{Template.PromotionSource}}}";
}
