namespace DeployHub.Web.Hosting;

/// <summary>Where this installation keeps what is not in a database of its user's own.</summary>
internal static class DataDirectory
{
    public static string From(IConfiguration configuration)
    {
        if (configuration["DeployHub:DataDirectory"] is { Length: > 0 } given) return Path.GetFullPath(given);

        var data = System.Environment.GetFolderPath(System.Environment.SpecialFolder.LocalApplicationData, System.Environment.SpecialFolderOption.DoNotVerify);
        return data.Length > 0 ? Path.Combine(data, "deployhub") : throw new StartException("This user has no home for data: set DeployHub__DataDirectory.");
    }
}
