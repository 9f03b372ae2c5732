using DeployHub.Domain;
using DeployHub.Domain.Deployments.BusyTimes;
using DeployHub.Features.Pipeline;
using FluentValidation;

namespace DeployHub.Features.Deployments.BusyTimes;

internal sealed class BusySettingsRules : AbstractValidator<BusySettings>
{
    private const int MostNamed = 50;

    public BusySettingsRules()
    {
        RuleFor(settings => settings.Name).IsName();
        RuleFor(settings => settings.Address).IsLinkOrNothing();
        RuleFor(settings => settings.Address).Must(HoldsNoCredential).WithMessage("Write the address without a user or a password; name a secret instead.");
        RuleFor(settings => settings.Credential).Must(name => name is null || SecretName.IsValid(name)).WithMessage(SecretName.Rule);
        RuleFor(settings => settings.Credential).Must((settings, name) => name is null || settings.Address is not null).WithMessage("Only an address needs a secret.");
        RuleFor(settings => settings.Credential)
            .Must((settings, name) => name is null || settings.Address is not { } address || address.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
            .WithMessage("A secret is sent to an https address only: on the way to any other everybody could read it.");
        RuleFor(settings => settings.Environments).NotNull().Must(keys => keys.Count <= MostNamed).WithMessage($"Name at most {MostNamed} environments.");
        RuleFor(settings => settings.Services).NotNull().Must(keys => keys.Count <= MostNamed).WithMessage($"Name at most {MostNamed} services.");
        RuleFor(settings => settings.Country).Must(code => code is null || PublicHolidays.Knows(code))
            .WithMessage("Choose a country or a region whose public holidays are known, such as SE or DE-BY. Of another, upload a calendar.");
        RuleFor(settings => settings.Country).Must((settings, code) => code is null || settings.Address is null).WithMessage("Holidays are worked out for a country, or fetched from an address: leave one of them empty.");
        RuleFor(settings => settings.AreHolidays).Must((settings, _) => !settings.HoldsHolidays() || settings is { Environments: null or [], Services: null or [] })
            .WithMessage("A public holiday is one in every environment: leave environments and services empty, and name partners where it is theirs.");
        RuleFor(settings => settings.Organisations).NotNull().Must(keys => keys.Count <= MostNamed).WithMessage($"Name at most {MostNamed} partners.");
        RuleFor(settings => settings.Organisations).Must((settings, keys) => keys is null or [] || settings.HoldsHolidays()).WithMessage("Only public holidays are those of a partner: say that its days are, or leave partners empty.");
        RuleFor(settings => settings.Zone).Must(zone => zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)).WithMessage("Write the zone's IANA name, such as Europe/Berlin.");
    }

    private static bool HoldsNoCredential(string? address) => address is null || !Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.UserInfo.Length == 0;
}
