namespace DeployHub.Worker.Artefacts.Stores;

/// <summary>What may be said of an address: its query can hold a signature that opens it.</summary>
internal static class Shown
{
    private const int Longest = 200;

    public static string Address(Uri address)
    {
        var text = address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
        return text.Length <= Longest ? text : $"{text[..Longest]}…";
    }
}
