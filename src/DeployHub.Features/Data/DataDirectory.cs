using Microsoft.Extensions.Configuration;

namespace DeployHub.Features.Data;

/// <summary>Where this installation keeps what is not in a database of its user's own.</summary>
public static class DataDirectory
{
    /// <summary>Null when nobody said where and this user has no home for data.</summary>
    public static string? Find(IConfiguration configuration)
    {
        if (configuration["DeployHub:DataDirectory"] is { Length: > 0 } given) return Path.GetFullPath(given);

        var data = System.Environment.GetFolderPath(System.Environment.SpecialFolder.LocalApplicationData, System.Environment.SpecialFolderOption.DoNotVerify);
        return data.Length > 0 ? Path.Combine(data, "deployhub") : null;
    }
}
