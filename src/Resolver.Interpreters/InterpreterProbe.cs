using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CliWrap;
using CliWrap.Buffered;

namespace Resolver.Interpreters;

/// <summary>Runs the probe script in an interpreter and reads its answer.</summary>
internal static class InterpreterProbe
{
    /// <summary>How long an interpreter may take: start-up files on a cold network disk are slow, but a minute means
    /// that something waits for ever.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>The field of an answer that lists start-up code that failed; absent where none did.</summary>
    public const string StartUp = "start_up_failures";

    public static async Task<Interpreter> AskAsync(
        string executable,
        IReadOnlyList<string> extraSearchPath,
        TimeSpan patience,
        CancellationToken cancellation
    ) => Read(await AnswerAsync(executable, extraSearchPath, patience, cancellation), executable);

    /// <summary>Reads an answer.</summary>
    /// <exception cref="InterpreterException">It is none.</exception>
    public static Interpreter Read(string json, string executable) =>
        Read(json, executable, answer => ProbeAnswer.Read(answer, executable));

    /// <summary>Reads the answer of a script.</summary>
    /// <exception cref="InterpreterException">It is none.</exception>
    public static T Read<T>(string json, string executable, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return read(document.RootElement);
        }
        catch (Exception e)
            when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InterpreterException($"{executable}: its answer cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Asks, and gives the answer as it is: one line of JSON.</summary>
    public static Task<string> AnswerAsync(
        string executable,
        IReadOnlyList<string> extraSearchPath,
        TimeSpan patience,
        CancellationToken cancellation
    ) => AnswerAsync(executable, "probe.py", extraSearchPath, patience, cancellation);

    /// <summary>Runs one of the scripts of this assembly, and gives the JSON that it prints behind the
    /// marker.</summary>
    public static async Task<string> AnswerAsync(
        string executable,
        string script,
        IReadOnlyList<string> extraSearchPath,
        TimeSpan patience,
        CancellationToken cancellation
    )
    {
        // The answer stands behind a word that nothing else prints by chance.
        var marker = $"resolver-answer-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}:";
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(patience);
        BufferedCommandResult result;
        try
        {
            // From standard input: '-c' has length limits on some systems, and a file would put its folder on sys.path.
            result = await Cli.Wrap(executable)
                .WithArguments(["-", marker])
                .WithStandardInputPipe(PipeSource.FromString(Script(script), new UTF8Encoding(false)))
                .WithEnvironmentVariables(Variables(extraSearchPath))
                .WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync(Encoding.UTF8, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new InterpreterException(
                $"{executable}: gave no answer within {patience.TotalSeconds:0} seconds; one of its start-up files "
                    + $"may be waiting"
            );
        }
        catch (Exception e)
            when (e
                    is System.ComponentModel.Win32Exception
                        or IOException
                        or InvalidOperationException
                        or UnauthorizedAccessException
            )
        {
            throw new InterpreterException(
                $"{executable}: the interpreter does not exist or cannot be started; choose one with --python",
                e
            );
        }
        var at = result.StandardOutput.LastIndexOf(marker, StringComparison.Ordinal);
        if (at < 0)
            throw new InterpreterException(
                $"{executable}: did not describe itself (exit code "
                    + $"{result.ExitCode}){LastLine(result.StandardError)}; Python 3.8 or later is needed"
            );
        var json = result.StandardOutput[(at + marker.Length)..];
        json = json[..(json.IndexOf('\n', StringComparison.Ordinal) is var end and >= 0 ? end : json.Length)];
        return WithStartUp(json, StartUpFailures.Of(result.StandardError));
    }

    // Of start-up code that failed the script itself knows nothing.
    private static string WithStartUp(string json, IReadOnlyList<string> failures)
    {
        if (failures.Count == 0 || !json.EndsWith('}'))
            return json;
        var texts = failures.Select(failure => $"\"{JsonEncodedText.Encode(failure)}\"");
        return $"{json[..^1]}, \"{StartUp}\": [{string.Join(", ", texts)}]}}";
    }

    /// <summary>The caller's environment less PIP_* (null removes), PYTHONPATH prepended and never replaced.</summary>
    private static Dictionary<string, string?> Variables(IReadOnlyList<string> extraSearchPath)
    {
        var changes = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (System.Collections.DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
        {
            if (variable.Key is string name && name.StartsWith("PIP_", StringComparison.OrdinalIgnoreCase))
                changes[name] = null;
        }
        changes["PYTHONIOENCODING"] = "utf-8";
        if (extraSearchPath.Count > 0)
        {
            var own = System.Environment.GetEnvironmentVariable("PYTHONPATH");
            changes["PYTHONPATH"] = string.Join(
                Path.PathSeparator,
                string.IsNullOrEmpty(own) ? extraSearchPath : [.. extraSearchPath, own]
            );
        }
        return changes;
    }

    private static string LastLine(string error) =>
        error.Split('\n').Select(l => l.Trim()).LastOrDefault(l => l.Length > 0) is { } line ? $": {line}" : "";

    /// <summary>The question itself.</summary>
    public static string Script(string name = "probe.py")
    {
        using var stream = typeof(InterpreterProbe).Assembly.GetManifestResourceStream(
            $"Resolver.Interpreters.{name}"
        )!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
