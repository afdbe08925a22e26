using Resolver.Resolution.Planning;
using Resolver.Resolution.Plans;

namespace Resolver.Cli.Inputs;

/// <summary>Reads the file of <c>install --plan</c>.</summary>
internal static class PlanFile
{
    /// <exception cref="CommandException">It cannot be read, or is no plan.</exception>
    public static PlanOutcome Read(string file)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CommandException.BadInput($"{file}: cannot be read: {exception.Message}");
        }

        var read = PlanJson.TryRead(bytes, file);
        // Whoever made the plan has judged whether it is the best one; here it is only carried out.
        return read.Success ? new PlanOutcome.Planned(read.Value, Proven: true) : throw CommandException.BadInput(read.Error.ToString());
    }
}
