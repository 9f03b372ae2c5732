using DeployHub.Domain.Inventory;
using FluentValidation;

namespace DeployHub.Features.Inventory;

internal static class StoreRules
{
    public static bool IsAddress(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && text.Length <= 500
        && address is { UserInfo: "", Query: "", Fragment: "" } && Uri.IsWellFormedUriString(text, UriKind.Absolute);

    /// <summary>Applies to a location whose store's kind the message itself tells.</summary>
    public static void IsLocation<T>(this AbstractValidator<T> validator, System.Linq.Expressions.Expression<Func<T, string>> location, Func<T, StoreKind> kind)
    {
        validator.RuleFor(location).IsAbsoluteDirectory().When(message => kind(message) is StoreKind.Folder);
        validator.RuleFor(location).Must(IsAddress).When(message => kind(message) is StoreKind.Http).WithMessage(AddressRule);
    }

    public const string AddressRule = "Write an address such as https://artefacts.example.com/dml/, without user, password, query or fragment.";
}
