/** What connections ask of a server. */
enum Work {
    /** Each message goes back to its sender. */
    ECHO,
    /** Each message goes to everyone. */
    BROADCAST,
    /** Each message goes to everyone, {@value Wire#BACKLOG} times. */
    BACKLOG
}
