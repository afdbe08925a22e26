using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Resolver.Packaging.References;
using Resolver.Packaging.RequirementFiles;

namespace Resolver.Packaging.Tests.RequirementFiles;

/// <summary>Requirement files as pip itself reads them ("Requirements File Format"): the reader of the pip on this
/// machine is asked about each scenario. What differs on purpose stands here, with its reason.</summary>
public sealed class PipReaderTests
{
    /// <summary>What is refused here and taken by pip, or the other way round, and why.</summary>
    private static readonly (Func<string, bool> Covers, string Reason)[] Deliberate =
    [
        (
            text => Regex.IsMatch(text, "^[^/@]*[0-9]#no-comment|^foo==( |#|\\n|$)"),
            "pip before 24.1 takes what is no version of PEP 440 for a legacy version"
        ),
        (
            text => Regex.IsMatch(text, "^[^ ]*/.*#no-comment|^-e (nosuch|foo)\\n|^[$][{]"),
            "whether a path exists is judged when it is read, not by the reader of the file that names it"
        ),
        (
            text => Regex.IsMatch(text, "^--pre foo|^-\\n|^--\\n|^-e proj (foo|-e)|^-r other.txt -c"),
            "pip ignores what stands after the options of a line, and all but one of -r, -c and -e"
        ),
        (text => text.Contains("--hash=sha256:\n", StringComparison.Ordinal), "no file has an empty digest"),
    ];

    [Fact]
    public void Reader_agrees_with_that_of_pip_but_for_deliberate_differences()
    {
        using var pip = AnswersOfPip();
        var folder = pip.RootElement.GetProperty("folder").GetString()!;
        var answers = pip.RootElement.GetProperty("answers").EnumerateArray().ToList();
        var differences = new List<string>();
        var excused = 0;

        for (var i = 0; i < answers.Count; i++)
        {
            var scenario = RequirementScenarios.All[i];
            var (expected, actual) = (Of(answers[i]), Of(scenario.Replace("@HERE@", folder), folder));
            if (expected == actual)
                continue;
            if (Deliberate.Any(each => each.Covers(scenario)))
                excused++;
            else
                differences.Add($"{scenario.ReplaceLineEndings("\\n")}\n  pip:  {expected}\n  here: {actual}");
        }

        Directory.Delete(folder, recursive: true);
        Assert.True(answers.Count > 300);
        Assert.True(
            differences.Count == 0,
            $"{differences.Count} differ, {excused} on purpose:\n{string.Join('\n', differences)}"
        );
    }

    private static JsonDocument AnswersOfPip()
    {
        var script = Path.Combine(AppContext.BaseDirectory, "RequirementFiles", "pip_reader.py");
        var start = new ProcessStartInfo("python3", [script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (
            var name in start.Environment.Keys.Where(each => each.StartsWith("PIP_", StringComparison.Ordinal)).ToList()
        )
            start.Environment.Remove(name);
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            process.StandardInput.Write(
                JsonSerializer.Serialize(
                    new { files = RequirementScenarios.Files, scenarios = RequirementScenarios.All }
                )
            );
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.SkipUnless(process.ExitCode == 0, $"there is no python3 with pip on PATH: {errors.Result}");
            return JsonDocument.Parse(output);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("there is no python3 on PATH");
            throw;
        }
    }

    private static string Of(JsonElement answer)
    {
        if (answer.ValueKind == JsonValueKind.Null)
            return "an error";
        return string.Join(
            " & ",
            [
                .. answer.GetProperty("lines").EnumerateArray().Select(each => each.GetString()!),
                .. Switch("pre"),
                .. Switch("prefer_binary"),
                .. Switch("require_hashes"),
                $"links {answer.GetProperty("find_links").GetInt32()}",
            ]
        );

        IEnumerable<string> Switch(string name) => answer.GetProperty(name).GetBoolean() ? [name] : [];
    }

    private static string Of(string text, string folder)
    {
        var file = RequirementFile.Read(
            "r.txt",
            path => path == "r.txt" ? System.Text.Encoding.UTF8.GetBytes(text) : Read(path, folder)
        );
        if (file.Errors.Count > 0)
            return "an error";
        var said = file.Settings.Select(each => each.Option).ToHashSet();
        return string.Join(
            " & ",
            [
                .. file.Dependencies.Select(each => Of(each, folder)),
                .. said.Contains(RequirementFileOption.Pre) ? ["pre"] : (string[])[],
                .. said.Contains(RequirementFileOption.PreferBinary) ? ["prefer_binary"] : (string[])[],
                .. said.Contains(RequirementFileOption.RequireHashes) ? ["require_hashes"] : (string[])[],
                $"links {file.Settings.Count(each => each.Option == RequirementFileOption.FindLinks)}",
            ]
        );
    }

    private static byte[]? Read(string path, string folder)
    {
        var name = FileReference.TryParse(path) is { Success: true } reference ? reference.Value.LocalPath! : path;
        return
            Path.GetFullPath(name, folder) is var full
            && Path.GetDirectoryName(full) == folder
            && RequirementScenarios.Files.TryGetValue(Path.GetFileName(full), out var text)
            ? System.Text.Encoding.UTF8.GetBytes(text)
            : null;
    }

    private static string Of(RequirementLine.Dependency line, string folder)
    {
        var (name, extras, specifier, marker, link) = line.Target switch
        {
            RequirementTarget.Named { Requirement: var named } => (
                named.RawName,
                named.Extras.Select(each => each.Normalized),
                named.Url is null ? named.Specifier.ToString() : "",
                named.Marker?.ToString(),
                named.Url is null ? "" : LinkOf(named.Url)
            ),
            RequirementTarget.Local local => (
                "",
                local.Extras.Select(each => each.Normalized),
                "",
                local.Marker?.ToString(),
                "file:" + Path.TrimEndingDirectorySeparator(Path.GetFullPath(local.Path, folder))
            ),
            RequirementTarget.Link url => (
                "",
                url.Extras.Concat(url.Reference.Value.EggExtras).Select(each => each.Normalized),
                "",
                url.Marker?.ToString(),
                LinkOf(url.Url)
            ),
            _ => throw new InvalidOperationException(),
        };
        return string.Join(
            '|',
            $"{(line.IsConstraint ? "c" : "")}{(line.IsEditable ? "e" : "")}",
            name,
            string.Join(',', extras.Order(StringComparer.Ordinal)),
            specifier,
            marker ?? "",
            link,
            string.Join(',', line.Hashes.Select(each => $"{each.Key}:{each.Value}").Order(StringComparer.Ordinal)),
            string.Join(
                ',',
                line.ConfigSettings.Select(each => $"{each.Key}={each.Value}").Order(StringComparer.Ordinal)
            )
        );
    }

    private static string LinkOf(string url) =>
        FileReference.TryParse(url) is { Success: true, Value.LocalPath: { } path } ? "file:" + path : url;
}
