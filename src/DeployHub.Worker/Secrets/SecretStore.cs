using System.Text.RegularExpressions;
using DeployHub.Domain;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Worker.Steps;
using Microsoft.Extensions.Configuration;

namespace DeployHub.Worker.Secrets;

/// <summary>
/// Secrets by name: <c>DeployHub:Secrets:{name}</c> (environment <c>DeployHub__Secrets__{name}</c>), else the file <c>{name}</c> in
/// <c>DeployHub:SecretsDirectory</c>. Whatever it gives out is masked from then on.
/// </summary>
public sealed partial class SecretStore(IConfiguration configuration, Masker masker) : ISecrets
{
    public async Task<string?> FindAsync(string name, CancellationToken cancellationToken)
    {
        if (!SecretName.IsValid(name)) return null; // also keeps “..” and slashes out of the file's path

        var value = configuration[$"DeployHub:Secrets:{name}"] ?? await FromFileAsync(name, cancellationToken);
        if (value is not null) masker.Hide(value);
        return value;
    }

    /// <summary>Of every secret that it knows, in order; none of the values is read.</summary>
    public IReadOnlyList<string> Names() =>
        [.. configuration.GetSection("DeployHub:Secrets").GetChildren().Select(child => child.Key).Concat(FileNames()).Where(SecretName.IsValid).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The settings with every <c>${secret:name}</c> replaced, in memory only; refused naming a secret that nobody knows.</summary>
    internal async Task<Result<StepSettings>> FillAsync(StepSettings settings, CancellationToken cancellationToken)
    {
        var names = Template.NamesIn(settings).Where(name => name.StartsWith("secret:", StringComparison.Ordinal)).Select(name => name["secret:".Length..]).ToList();
        if (names.Count == 0) return settings;

        var values = new Dictionary<string, string>();
        foreach (var name in names)
        {
            if (await FindAsync(name, cancellationToken) is not { } value)
                return new Error(ErrorKind.Conflict, "secret.unknown", $"This worker knows no secret named “{name}”. Set DeployHub__Secrets__{name} for it, or put a file of that name into its secrets directory.");
            values[name] = value;
        }

        return Template.Rewrite(settings, text => Reference().Replace(text, match => values[match.Groups[1].Value]));
    }

    /// <summary>A folder that is not there, or may not be read, holds no secret either.</summary>
    private string[] FileNames()
    {
        try
        {
            var directory = configuration["DeployHub:SecretsDirectory"];
            return Directory.Exists(directory) ? [.. Directory.EnumerateFiles(directory).Select(file => Path.GetFileName(file))] : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private async Task<string?> FromFileAsync(string name, CancellationToken cancellationToken)
    {
        var file = configuration["DeployHub:SecretsDirectory"] is { Length: > 0 } directory ? Path.Combine(directory, name) : null;
        return file is not null && File.Exists(file) ? (await File.ReadAllTextAsync(file, cancellationToken)).TrimEnd('\r', '\n') : null;
    }

    [GeneratedRegex(@"\$\{secret:([a-zA-Z0-9_.-]+)\}")]
    private static partial Regex Reference();
}
