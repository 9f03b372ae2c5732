namespace DeployHub.Features.Runs;

/// <summary>Hides secrets in what comes back from outside. Only a process that works has ever seen any.</summary>
public interface IHidesSecrets
{
    string Mask(string text);
}
