namespace DeployHub.Web.Hosting;

/// <summary>Where this installation keeps what is not in a database of its user's own.</summary>
internal static class DataDirectory
{
    public static string From(IConfiguration configuration) =>
        Features.Data.DataDirectory.Find(configuration) ?? throw new StartException("This user has no home for data: set DeployHub__DataDirectory.");
}
