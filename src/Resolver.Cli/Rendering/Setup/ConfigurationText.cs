using System.Globalization;
using System.Text;
using System.Text.Json;
using Resolver.Cli.Configuration;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Rendering.Setup;

/// <summary>What is configured, for a person and for a program (<c>resolver.config/1</c>).</summary>
internal static class ConfigurationText
{
    private const int WidestValue = 40;

    /// <param name="width">Columns of the terminal; null where none shows it.</param>
    public static string Of(
        IReadOnlyList<EffectiveValue> values,
        RunConfiguration configuration,
        Paint paint,
        int? width
    )
    {
        var table = new TextTable([], keys: 1) { Widest = WidestValue };
        foreach (var each in values)
        {
            var isDefault = each.Origins is [{ Place: OriginKind.Default }];
            table.Add(
                new(each.Setting.Key, isDefault ? null : paint.Strong),
                new(each.Values.Count == 0 ? "-" : string.Join(", ", each.Values), isDefault ? paint.Faint : null),
                new(string.Join(", ", each.Origins), paint.Faint)
            );
        }
        var text = new StringBuilder(table.Text(paint, width));

        foreach (var group in configuration.Files.SelectMany(file => file.Rules).GroupBy(rule => rule.Key))
        {
            text.Append('\n').Append(paint.Strong(PlainText.Of(group.Key))).Append('\n');
            foreach (var rule in group)
                text.Append("  ")
                    .Append(PlainText.Of(rule.Text))
                    .Append("  ")
                    .Append(paint.Faint(PlainText.Of(rule.Origin.ToString())))
                    .Append('\n');
        }

        return text.ToString();
    }

    public static string Json(IReadOnlyList<EffectiveValue> values, RunConfiguration configuration) =>
        JsonText.Of(
            indented: true,
            writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("schema", "resolver.config/1");
                writer.WriteStartArray("files");
                foreach (var file in configuration.Files)
                    writer.WriteStringValue(file.Path);
                writer.WriteEndArray();
                writer.WriteStartArray("settings");
                foreach (var value in values)
                {
                    writer.WriteStartObject();
                    writer.WriteString("key", value.Setting.Key);
                    writer.WritePropertyName("value");
                    WriteValue(writer, value);
                    writer.WriteStartArray("from");
                    foreach (var origin in value.Origins)
                        Write(writer, origin);
                    writer.WriteEndArray();
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                writer.WriteStartArray("rules");
                foreach (var rule in configuration.Files.SelectMany(file => file.Rules))
                {
                    writer.WriteStartObject();
                    writer.WriteString("key", rule.Key);
                    writer.WriteString("text", rule.Text);
                    writer.WriteStartArray("from");
                    Write(writer, rule.Origin);
                    writer.WriteEndArray();
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            }
        );

    private static void WriteValue(Utf8JsonWriter writer, EffectiveValue value)
    {
        switch (value.Setting.Kind, value.Values)
        {
            case var (_, values) when value.Setting.IsList:
                writer.WriteStartArray();
                foreach (var each in values)
                    writer.WriteStringValue(each);
                writer.WriteEndArray();
                break;
            case (SettingKind.Flag, [var flag]):
                writer.WriteBooleanValue(bool.TryParse(flag, out var isOn) && isOn);
                break;
            case (SettingKind.Number, [var number])
                when double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed):
                writer.WriteNumberValue(parsed);
                break;
            case (_, [var text, ..]):
                writer.WriteStringValue(text);
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    private static void Write(Utf8JsonWriter writer, Origin origin)
    {
        writer.WriteStartObject();
        writer.WriteString(
            "place",
            origin.Place switch
            {
                OriginKind.CommandLine => "command-line",
                OriginKind.Environment => "environment",
                OriginKind.File => "file",
                _ => "default",
            }
        );
        if (origin.Name is { } name)
            writer.WriteString("name", name);
        if (origin.Line > 0)
            writer.WriteNumber("line", origin.Line);
        writer.WriteEndObject();
    }
}
