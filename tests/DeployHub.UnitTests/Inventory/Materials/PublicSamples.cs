using System.Runtime.CompilerServices;

namespace DeployHub.UnitTests.Inventory.Materials;

/// <summary>Test data of public projects, where it is on this machine.</summary>
internal static class PublicSamples
{
    public static string Folder(string name, [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "../../../../../shared/data", name);

    public static void SkipWhenAbsent(string name) => Assert.SkipUnless(Directory.Exists(Folder(name)), $"The samples are not on this machine: ../shared/data/{name}.");
}
