using DeployHub.Domain;
using DeployHub.Domain.Deployments.ChangeTools;
using DeployHub.Features.Pipeline;
using FluentValidation;

namespace DeployHub.Features.Deployments.ChangeTools;

internal sealed class ChangeToolSettingsRules : AbstractValidator<ChangeToolSettings>
{
    private const int MostStates = 20, LongestState = 60, LongestPattern = 200, LongestField = 60;

    public ChangeToolSettingsRules()
    {
        RuleFor(settings => settings.Name).IsName();
        RuleFor(settings => settings.Kind).IsInEnum();
        RuleFor(settings => settings.Unreachable).IsInEnum();
        RuleFor(settings => settings.Address).Must(IsBase).WithMessage("Write the address where the tool begins, such as https://acme.service-now.com, without user, password, query or fragment.");
        RuleFor(settings => settings.Secret).Must(name => name is null || SecretName.IsValid(name)).WithMessage(SecretName.Rule);
        RuleFor(settings => settings.Secret)
            .Must((settings, name) => name is null || settings.Address?.StartsWith("https://", StringComparison.OrdinalIgnoreCase) != false)
            .WithMessage("A secret is sent to an https address only: on the way to any other everybody could read it.");
        RuleFor(settings => settings.Pattern).Must(pattern => pattern is not null && pattern.Length <= LongestPattern && ChangeToolSettings.Read(pattern) is not null)
            .WithMessage($"Write a regular expression of at most {LongestPattern} characters, such as CHG[0-9]+, without looking ahead or behind and without references back.");
        RuleFor(settings => settings.Authorised).NotNull().Must(states => states.Count <= MostStates).WithMessage($"Name at most {MostStates} states.");
        RuleForEach(settings => settings.Authorised).Must(state => !string.IsNullOrWhiteSpace(state) && state.Length <= LongestState).WithMessage($"A state has 1 to {LongestState} characters.");
        RuleFor(settings => settings.StartField).Must(IsFieldOrNothing).WithMessage(FieldRule);
        RuleFor(settings => settings.EndField).Must(IsFieldOrNothing).WithMessage(FieldRule);
        RuleFor(settings => settings.StartField).Must((settings, field) => field is null || settings.Kind is ChangeToolKind.Jira).WithMessage(OnlyJira);
        RuleFor(settings => settings.EndField).Must((settings, field) => field is null || settings.Kind is ChangeToolKind.Jira).WithMessage(OnlyJira);
    }

    private const string FieldRule = "Write the field's id, such as customfield_10101: letters, digits and underscores.";

    private const string OnlyJira = "Only Jira has such a field; ServiceNow has its own for it.";

    private static bool IsBase(string? address) =>
        CommonRules.IsLink(address) && new Uri(address!) is { UserInfo.Length: 0, Query.Length: 0, Fragment.Length: 0 } && address!.Length <= 500;

    private static bool IsFieldOrNothing(string? field) => field is null || (field.Length is > 0 and <= LongestField && field.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_'));
}
