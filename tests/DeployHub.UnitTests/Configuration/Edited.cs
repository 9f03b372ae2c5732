using DeployHub.Domain.Models.Steps;
using DeployHub.Worker.Steps.Configuration;

namespace DeployHub.UnitTests.Configuration;

/// <summary>One value set in a text, in short words.</summary>
internal static class Edited
{
    public static string Set(ConfigurationFormat format, string text, string path, string value, bool add = false)
    {
        var values = new Dictionary<string, string> { [path] = value };
        var edited = ConfigurationText.Apply(format, text, values, add).Text;
        ConfigurationText.Apply(format, edited, values, add).Text.ShouldBe(edited, "set again, it finds nothing to change");
        return edited;
    }

    public static string Refused(ConfigurationFormat format, string text, string path, string value, bool add = false) =>
        Should.Throw<UneditableException>(() => ConfigurationText.Apply(format, text, new Dictionary<string, string> { [path] = value }, add)).Message;
}
