using System.Text.RegularExpressions;
using DeployHub.Domain.Inventory;
using FluentValidation;

namespace DeployHub.Features.Inventory;

internal static partial class StoreRules
{
    public static bool IsAddress(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && text.Length <= 500
        && address is { UserInfo: "", Query: "", Fragment: "" } && Uri.IsWellFormedUriString(text, UriKind.Absolute);

    /// <summary>Applies to a location whose store's kind the message itself tells.</summary>
    public static void IsLocation<T>(this AbstractValidator<T> validator, System.Linq.Expressions.Expression<Func<T, string>> location, Func<T, StoreKind> kind)
    {
        validator.RuleFor(location).IsAbsoluteDirectory().When(message => kind(message) is StoreKind.Folder);
        validator.RuleFor(location).Must(IsAddress).When(message => kind(message) is not StoreKind.Folder).WithMessage(AddressRule);
        validator.RuleFor(location).Must(text => !IsAddress(text) || IsServiceIndex(text)).When(message => kind(message) is StoreKind.NuGet)
            .WithMessage("Write the address of the feed's service index, which ends in .json, such as https://api.nuget.org/v3/index.json.");
    }

    public const int LongestRegion = 40;

    public const string RegionRule = "Write the region as the service names it, such as eu-central-1.";

    public static bool IsRegion(string? region) => region is null || (region.Length <= LongestRegion && Region().IsMatch(region));

    private static bool IsServiceIndex(string location) => new Uri(location).AbsolutePath.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex Region();

    public const string AddressRule = "Write an address such as https://artefacts.example.com/dml/, without user, password, query or fragment.";
}
