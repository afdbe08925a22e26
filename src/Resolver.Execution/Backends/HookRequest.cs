using System.Text.Json;
using Resolver.Execution.Options;

namespace Resolver.Execution.Backends;

/// <summary>What the script <c>hooks.py</c> is asked: one hook of one backend.</summary>
/// <param name="Hook">As the script has it.</param>
/// <param name="Backend">As <c>build-system.build-backend</c> has it.</param>
/// <param name="BackendPath">As <c>build-system.backend-path</c> has it.</param>
/// <param name="Output">The folder that the hook writes into.</param>
internal sealed record HookRequest(string Hook, string Backend, IReadOnlyList<string> BackendPath, string Output)
{
    /// <summary>Writes the request into a file.</summary>
    public void Write(string path, IEnumerable<ConfigSetting> settings)
    {
        using var stream = File.Create(path);
        using var writer = new Utf8JsonWriter(stream);
        writer.WriteStartObject();
        writer.WriteString("hook", Hook);
        writer.WriteString("backend", Backend);
        writer.WriteStartArray("backend_path");
        foreach (var each in BackendPath)
            writer.WriteStringValue(each);
        writer.WriteEndArray();
        WriteSettings(writer, [.. settings.GroupBy(each => each.Key)]);
        writer.WriteString("output", Output);
        writer.WriteEndObject();
    }

    // As pip passes them: a key given twice is a list.
    private static void WriteSettings(Utf8JsonWriter writer, IReadOnlyList<IGrouping<string, ConfigSetting>> settings)
    {
        if (settings.Count == 0)
        {
            writer.WriteNull("settings");
            return;
        }
        writer.WriteStartObject("settings");
        foreach (var setting in settings)
        {
            if (setting.ToList() is [var only])
            {
                writer.WriteString(setting.Key, only.Value);
                continue;
            }
            writer.WriteStartArray(setting.Key);
            foreach (var each in setting)
                writer.WriteStringValue(each.Value);
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }
}
