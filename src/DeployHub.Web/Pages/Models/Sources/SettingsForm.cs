using DeployHub.Domain.Models.Sources;
using DeployHub.Web.Pages.Shared;

namespace DeployHub.Web.Pages.Models.Sources;

/// <summary>A model source's settings as they are typed: whatever is left empty is not said.</summary>
public sealed class SettingsForm
{
    public string? Name { get; set; }

    public string? Repository { get; set; }

    public string? Branch { get; set; } = "main";

    public string? Folder { get; set; }

    public SourceUse Use { get; set; }

    public string? DraftBranches { get; set; }

    public string? HostKey { get; set; }

    public string? Credential { get; set; }

    public string? Passphrase { get; set; }

    public int? EveryMinutes { get; set; } = 15;

    public string? PushSecret { get; set; }

    public string? Pool { get; set; }

    public SourceSettings ToSettings() => new(Name?.Trim() ?? "", Repository?.Trim() ?? "", Branch?.Trim() ?? "", Folder?.Trim().TrimEnd('/') ?? "")
    {
        Use = Use,
        DraftBranches = DraftBranches.OrNull()?.Trim(),
        HostKey = HostKey.OrNull()?.Trim(),
        Credential = Credential.OrNull()?.Trim(),
        Passphrase = Passphrase.OrNull()?.Trim(),
        EveryMinutes = EveryMinutes,
        PushSecret = PushSecret.OrNull()?.Trim(),
        Pool = Pool?.Trim() ?? "",
    };

    public static SettingsForm Of(SourceSettings settings) => new()
    {
        Name = settings.Name,
        Repository = settings.Repository,
        Branch = settings.Branch,
        Folder = settings.Folder,
        Use = settings.Use,
        DraftBranches = settings.DraftBranches,
        HostKey = settings.HostKey,
        Credential = settings.Credential,
        Passphrase = settings.Passphrase,
        EveryMinutes = settings.EveryMinutes,
        PushSecret = settings.PushSecret,
        Pool = settings.Pool,
    };
}
