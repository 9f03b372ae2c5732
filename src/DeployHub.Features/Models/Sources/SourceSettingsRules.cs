using System.Text.RegularExpressions;
using DeployHub.Domain.Models.Sources;
using DeployHub.Features.Inventory;
using DeployHub.Features.Pipeline;
using FluentValidation;

namespace DeployHub.Features.Models.Sources;

/// <summary>What is said of a model source when it is registered and when it is configured.</summary>
internal sealed partial class SourceSettingsRules : AbstractValidator<SourceSettings>
{
    public SourceSettingsRules()
    {
        RuleFor(settings => settings.Name).IsName();
        RuleFor(settings => settings.Repository).Custom((text, context) =>
        {
            if (RepositoryAddress.Parse(text).Error is { } wrong) context.AddFailure(wrong.Message);
        });
        RuleFor(settings => settings.Branch).Must(GitNames.IsBranch).WithMessage(GitNames.BranchRule);
        RuleFor(settings => settings.Folder).Must(GitNames.IsFolder).WithMessage(GitNames.FolderRule);
        RuleFor(settings => settings.Use).IsInEnum().WithMessage("Say Drafts or Publishes.");
        RuleFor(settings => settings.DraftBranches).Must(pattern => pattern is null || GitNames.IsPattern(pattern)).WithMessage(GitNames.PatternRule);
        RuleFor(settings => settings.Credential).IsSecretName();
        RuleFor(settings => settings.Passphrase).IsSecretName();
        RuleFor(settings => settings.PushSecret).IsSecretName();
        RuleFor(settings => settings.EveryMinutes).Must(minutes => minutes is null or >= 1 and <= SourceSettings.LongestPause)
            .WithMessage($"Look every 1 to {SourceSettings.LongestPause} minutes, or leave it empty to look only when a push or a person asks.");
        RuleFor(settings => settings.Pool).IsPool();
        When(settings => KindOf(settings) is RepositoryKind.Ssh, () =>
        {
            RuleFor(settings => settings.HostKey).Must(key => key is not null && HostKey().IsMatch(key))
                .WithMessage("Pin the server's key: its fingerprint as ssh-keygen -lf prints it, SHA256: and 43 characters of base64.");
            RuleFor(settings => settings.Credential).NotEmpty().WithMessage("Name the secret that holds the private key, or the password, to sign in with.");
        }).Otherwise(() =>
        {
            RuleFor(settings => settings.HostKey).Null().WithMessage("Only SSH servers show a host key; leave it empty.");
            RuleFor(settings => settings.Passphrase).Null().WithMessage("Only a private key has a passphrase, and only SSH uses one; leave it empty.");
        });
        RuleFor(settings => settings.Credential).Null().When(settings => KindOf(settings) is RepositoryKind.File).WithMessage("A folder is read with the worker's own rights; leave the secret empty.");
    }

    private static RepositoryKind? KindOf(SourceSettings settings) => RepositoryAddress.Parse(settings.Repository) is { Error: null } address ? address.Value.Kind : null;

    [GeneratedRegex(@"^SHA256:[A-Za-z0-9+/]{43}\z")]
    private static partial Regex HostKey();
}
